package io.flotilla.sessions.internal.wire;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One attribute as the cluster holds it. Its parts are in one object, since members hold very many. Immutable; equal to
 * another one of the same version and content.
 */
public final class StoredAttribute {
    private final long counter;
    private final long tag;
    private final byte[] bytes;
    private final @Nullable String principal;
    private final boolean bound;
    private final boolean explicit;

    /**
     * Makes one.
     *
     * @param version when it was written
     * @param explicit whether it was written by {@code setAttribute}, as against a change inside the object
     * @param value what was written
     */
    public StoredAttribute(Version version, boolean explicit, AttributeValue value) {
        this.counter = version.counter();
        this.tag = version.tag();
        this.bytes = value.bytes();
        this.principal = value.principal();
        this.bound = value.bound();
        this.explicit = explicit;
    }

    public Version version() {
        return new Version(counter, tag);
    }

    public boolean explicit() {
        return explicit;
    }

    public AttributeValue value() {
        return new AttributeValue(bytes, bound, principal);
    }

    public byte[] bytes() {
        return bytes;
    }

    void write(ObjectDataOutput out) throws IOException {
        version().write(out);
        out.writeBoolean(explicit);
        value().write(out);
    }

    static StoredAttribute read(ObjectDataInput in) throws IOException {
        return new StoredAttribute(Version.read(in), in.readBoolean(), AttributeValue.read(in));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StoredAttribute that
                && counter == that.counter
                && tag == that.tag
                && explicit == that.explicit
                && bound == that.bound
                && Objects.equals(principal, that.principal)
                && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(tag);
    }

    /** Of a value nothing but its size is ever told. */
    @Override
    public String toString() {
        return bytes.length + " bytes of " + version();
    }
}
