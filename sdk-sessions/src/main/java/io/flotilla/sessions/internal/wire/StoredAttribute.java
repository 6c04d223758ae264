package io.flotilla.sessions.internal.wire;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;

/**
 * One attribute as the cluster holds it.
 *
 * @param version when it was written
 * @param explicit whether it was written by {@code setAttribute}, as against a change inside the object
 * @param value what was written
 */
public record StoredAttribute(Version version, boolean explicit, AttributeValue value) {

    public byte[] bytes() {
        return value.bytes();
    }

    void write(ObjectDataOutput out) throws IOException {
        version.write(out);
        out.writeBoolean(explicit);
        value.write(out);
    }

    static StoredAttribute read(ObjectDataInput in) throws IOException {
        return new StoredAttribute(Version.read(in), in.readBoolean(), AttributeValue.read(in));
    }
}
