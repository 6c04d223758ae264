package io.flotilla.sessions.internal.wire;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import io.flotilla.spi.FactoryIds;
import java.io.IOException;

/** A type of this module's wire format: its version in one byte, then its fields. */
abstract class WireType implements IdentifiedDataSerializable {
    private static final byte VERSION = 1;

    abstract void write(ObjectDataOutput out) throws IOException;

    abstract void read(ObjectDataInput in) throws IOException;

    @Override
    public final int getFactoryId() {
        return FactoryIds.SESSIONS;
    }

    @Override
    public final void writeData(ObjectDataOutput out) throws IOException {
        out.writeByte(VERSION);
        write(out);
    }

    @Override
    public final void readData(ObjectDataInput in) throws IOException {
        byte version = in.readByte();
        if (version != VERSION) {
            throw new IOException(getClass().getSimpleName() + " of version " + version + " cannot be read here: this"
                    + " member knows version " + VERSION);
        }
        read(in);
    }
}
