package io.flotilla.storage.internal.wire;

import com.hazelcast.nio.ObjectDataInput;
import io.flotilla.spi.FactoryIds;
import io.flotilla.spi.GrowingType;
import java.io.IOException;

/** A type of this module's wire format. */
abstract class WireType extends GrowingType {

    @Override
    public final int getFactoryId() {
        return FactoryIds.STORAGE;
    }

    static String text(ObjectDataInput in) throws IOException {
        String text = in.readString();
        if (text == null) {
            throw new IOException("a text is missing");
        }
        return text;
    }
}
