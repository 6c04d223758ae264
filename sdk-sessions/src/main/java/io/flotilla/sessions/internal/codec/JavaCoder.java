package io.flotilla.sessions.internal.codec;

import io.flotilla.sessions.ApplicationClasses;
import io.flotilla.sessions.SessionCodec;
import java.io.IOException;
import java.io.OutputStream;

/** Java serialization in one web application. */
final class JavaCoder implements SessionCodec.Coder {
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
