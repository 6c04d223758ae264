package io.flotilla.sessions.internal.wire;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * What owners keep of a secret, and what a request proves that it knows it by: the first 16 bytes of a
 * hash. Nobody can find a secret to 128 given bits; that two secrets have the same ones would gain nobody anything, since
 * each is good for its own session only.
 *
 * @param high the first half
 * @param low the second half
 */
public record SecretHash(long high, long low) {
    /** The first bytes of a hash. */
    public static SecretHash of(byte[] hash) {
        ByteBuffer halves = ByteBuffer.wrap(hash);
        return new SecretHash(halves.getLong(), halves.getLong());
    }

    /** Whether they are the same, in a time that tells nothing of how much of them is. */
    boolean matches(SecretHash other) {
        return ((high ^ other.high) | (low ^ other.low)) == 0;
    }

    void write(ObjectDataOutput out) throws IOException {
        out.writeLong(high);
        out.writeLong(low);
    }

    static SecretHash read(ObjectDataInput in) throws IOException {
        return new SecretHash(in.readLong(), in.readLong());
    }

    @Override
    public String toString() {
        return "SecretHash";
    }
}
