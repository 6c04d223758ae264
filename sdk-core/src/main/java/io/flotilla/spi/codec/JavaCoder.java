package io.flotilla.spi.codec;

import io.flotilla.codec.ApplicationClasses;
import io.flotilla.codec.ValueCodec;
import java.io.IOException;
import java.io.OutputStream;

/** Java serialization in one application. */
final class JavaCoder implements ValueCodec.Coder {
    private final ApplicationClasses classes;

    JavaCoder(ApplicationClasses classes) {
        this.classes = classes;
    }

    @Override
    public void encode(Object value, OutputStream out) throws IOException {
        try (CarefulObjectOutput objects = new CarefulObjectOutput(out, classes)) {
            objects.writeObject(value);
            objects.requireReadable();
        }
    }

    @Override
    public Object decode(byte[] bytes, int from) throws IOException, ClassNotFoundException {
        try (FilteredObjectInput in =
                new FilteredObjectInput(new BytesInput(bytes, from), classes, bytes.length - from)) {
            return in.readValue();
        }
    }
}
