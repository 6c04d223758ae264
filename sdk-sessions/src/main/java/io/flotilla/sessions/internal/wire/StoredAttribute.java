package io.flotilla.sessions.internal.wire;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * One attribute as the cluster holds it: bytes that only the application's own class loader ever reads.
 *
 * @param version when it was written
 * @param explicit whether it was written by {@code setAttribute}, as against a change inside the object
 * @param bytes the encoded value; never modified, since owners hand it out by reference
 */
public record StoredAttribute(Version version, boolean explicit, byte[] bytes) {

    void write(ObjectDataOutput out) throws IOException {
        version.write(out);
        out.writeBoolean(explicit);
        out.writeByteArray(bytes);
    }

    static StoredAttribute read(ObjectDataInput in) throws IOException {
        return new StoredAttribute(Version.read(in), in.readBoolean(), Bytes.read(in));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StoredAttribute that
                && version.equals(that.version)
                && explicit == that.explicit
                && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return version.hashCode();
    }

    @Override
    public String toString() {
        return "StoredAttribute[" + version + ", " + bytes.length + " bytes]";
    }
}
