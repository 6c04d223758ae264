package io.flotilla.sessions.internal.wire;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An attribute's value as its writer sends it: bytes that only the application's own class loader ever reads, and what
 * others have to know of it without reading them.
 *
 * @param bytes the encoded value; never modified, since owners hand it out by reference
 * @param bound whether the value wants to be told when it is bound, unbound, passivated or activated
 * @param principal whose session it is, if this attribute says so
 */
public record AttributeValue(
        byte[] bytes, boolean bound, @Nullable String principal) {

    /** A value that wants no events and says nothing of the user. */
    public static AttributeValue of(byte[] bytes) {
        return new AttributeValue(bytes, false, null);
    }

    void write(ObjectDataOutput out) throws IOException {
        out.writeBoolean(bound);
        out.writeString(principal);
        out.writeByteArray(bytes);
    }

    static AttributeValue read(ObjectDataInput in) throws IOException {
        boolean bound = in.readBoolean();
        String principal = in.readString();
        return new AttributeValue(Bytes.read(in), bound, principal);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AttributeValue that
                && bound == that.bound
                && Objects.equals(principal, that.principal)
                && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Of a value nothing but its size is ever told. */
    @Override
    public String toString() {
        return bytes.length + " bytes";
    }
}
