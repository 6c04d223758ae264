package io.flotilla.sessions.internal.wire;

import com.hazelcast.nio.ObjectDataInput;
import java.io.IOException;

/** Byte arrays and names on the wire. */
final class Bytes {
    static final byte[] NONE = {};

    private Bytes() {}

    static byte[] read(ObjectDataInput in) throws IOException {
        byte[] bytes = in.readByteArray();
        return bytes == null ? NONE : bytes;
    }

    static String readName(ObjectDataInput in) throws IOException {
        String name = in.readString();
        if (name == null) {
            throw new IOException("a name is missing");
        }
        return name;
    }

    /** A name that many sessions have. */
    static String readSharedName(ObjectDataInput in) throws IOException {
        return Names.shared(readName(in));
    }
}
