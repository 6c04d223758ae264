package io.flotilla.sessions.internal.wire;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;

/**
 * What owners keep of a secret, and what a request proves that it knows it by: the first {@value #LENGTH} bytes of a
 * hash. Nobody can find a secret to 128 given bits; that two secrets have the same ones would gain nobody anything, since
 * each is good for its own session only.
 */
public final class SecretHash {
    /** The bytes of it. */
    public static final int LENGTH = 16;

    private SecretHash() {}

    /** Without a length, since all have the same. */
    static void write(ObjectDataOutput out, byte[] hash) throws IOException {
        if (hash.length != LENGTH) {
            throw new IOException("a secret's hash has " + hash.length + " bytes");
        }
        out.write(hash);
    }

    static byte[] read(ObjectDataInput in) throws IOException {
        byte[] hash = new byte[LENGTH];
        in.readFully(hash);
        return hash;
    }
}
