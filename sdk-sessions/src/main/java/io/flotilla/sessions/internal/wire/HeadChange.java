package io.flotilla.sessions.internal.wire;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What a request changes of a session besides its attributes. A new session must have all of it.
 *
 * @param birth if the session is new; otherwise it must exist, so that an ended one never comes back
 * @param maxInactiveSeconds the new timeout, or null to leave it
 * @param id the new id, or null to leave it
 */
public record HeadChange(
        @Nullable Birth birth,
        @Nullable Integer maxInactiveSeconds,
        @Nullable NewId id) {
    /** Nothing but attributes. */
    public static final HeadChange NONE = new HeadChange(null, null, null);

    /** A session that comes into being. */
    public static HeadChange create(Birth birth, int maxInactiveSeconds, NewId id) {
        return new HeadChange(birth, maxInactiveSeconds, id);
    }

    public boolean isNew() {
        return birth != null;
    }

    boolean isEmpty() {
        return birth == null && maxInactiveSeconds == null && id == null;
    }

    void write(ObjectDataOutput out) throws IOException {
        out.writeBoolean(birth != null);
        if (birth != null) {
            birth.write(out);
        }
        out.writeBoolean(maxInactiveSeconds != null);
        if (maxInactiveSeconds != null) {
            out.writeInt(maxInactiveSeconds);
        }
        out.writeBoolean(id != null);
        if (id != null) {
            id.write(out);
        }
    }

    static HeadChange read(ObjectDataInput in) throws IOException {
        Birth birth = in.readBoolean() ? Birth.read(in) : null;
        Integer maxInactiveSeconds = in.readBoolean() ? (Integer) in.readInt() : null;
        NewId id = in.readBoolean() ? NewId.read(in) : null;
        return new HeadChange(birth, maxInactiveSeconds, id);
    }
}
