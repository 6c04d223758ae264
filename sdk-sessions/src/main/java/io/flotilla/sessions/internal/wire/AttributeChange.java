package io.flotilla.sessions.internal.wire;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A request's wish to set or remove one attribute.
 *
 * @param name the attribute
 * @param base the version that the request saw, {@link Version#NONE} if there was none: applied only while it still holds
 * @param explicit whether the application called {@code setAttribute} or {@code removeAttribute}, as against changing an
 *     object that it had got
 * @param value the new value, or null to remove the attribute
 */
public record AttributeChange(
        String name,
        Version base,
        boolean explicit,
        @Nullable AttributeValue value) {

    /** The same change on top of another version. */
    public AttributeChange on(Version newBase) {
        return new AttributeChange(name, newBase, explicit, value);
    }

    /** The new value's bytes, or null to remove the attribute. */
    public byte @Nullable [] bytes() {
        return value == null ? null : value.bytes();
    }

    void write(ObjectDataOutput out) throws IOException {
        out.writeString(name);
        base.write(out);
        out.writeBoolean(explicit);
        out.writeBoolean(value != null);
        if (value != null) {
            value.write(out);
        }
    }

    static AttributeChange read(ObjectDataInput in) throws IOException {
        return new AttributeChange(
                Bytes.readSharedName(in),
                Version.read(in),
                in.readBoolean(),
                in.readBoolean() ? AttributeValue.read(in) : null);
    }
}
