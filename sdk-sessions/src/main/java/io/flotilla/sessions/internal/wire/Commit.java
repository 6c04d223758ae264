package io.flotilla.sessions.internal.wire;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one request changed in one session, applied as a whole or not at all.
 *
 * @param create whether the session is new; otherwise it must exist, so that an invalidated one never comes back
 * @param writer the member's store that sends this, a random number for its life
 * @param sequence grows with each commit of that writer; a number seen before marks a repetition
 * @param seen the record's version that the request saw; see {@link SessionRecord#knows}
 * @param created when the session was created, milliseconds; read only if it is new
 * @param maxInactiveSeconds the new timeout, or null to leave it; required if the session is new
 * @param secretHash hash of the new secret, or null to leave it; required if the session is new
 * @param changes the attributes to set and remove
 */
public record Commit(
        boolean create,
        long writer,
        long sequence,
        Version seen,
        long created,
        @Nullable Integer maxInactiveSeconds,
        byte @Nullable [] secretHash,
        List<AttributeChange> changes) {

    /** The same commit, sent anew on top of another version: a new operation. */
    public Commit with(long newSequence, Version newSeen, List<AttributeChange> newChanges) {
        return new Commit(create, writer, newSequence, newSeen, created, maxInactiveSeconds, secretHash, newChanges);
    }

    /** Whether it overwrites the secret or the timeout, or sets an attribute where none was: no version guards these. */
    boolean hasUnversioned() {
        return secretHash != null
                || maxInactiveSeconds != null
                || changes.stream()
                        .anyMatch(each -> each.bytes() != null && each.base().equals(Version.NONE));
    }

    /** Whether a later commit with {@linkplain #hasUnversioned unversioned} changes must know of this one. */
    boolean mustBeKnown() {
        return !create
                && (secretHash != null
                        || maxInactiveSeconds != null
                        || changes.stream().anyMatch(each -> each.bytes() == null));
    }

    void write(ObjectDataOutput out) throws IOException {
        out.writeBoolean(create);
        out.writeLong(writer);
        out.writeLong(sequence);
        seen.write(out);
        out.writeLong(created);
        out.writeBoolean(maxInactiveSeconds != null);
        out.writeInt(maxInactiveSeconds != null ? maxInactiveSeconds : 0);
        out.writeByteArray(secretHash);
        out.writeInt(changes.size());
        for (AttributeChange each : changes) {
            each.write(out);
        }
    }

    static Commit read(ObjectDataInput in) throws IOException {
        boolean create = in.readBoolean();
        long writer = in.readLong();
        long sequence = in.readLong();
        Version seen = Version.read(in);
        long created = in.readLong();
        boolean hasTimeout = in.readBoolean();
        int timeout = in.readInt();
        byte[] secretHash = in.readByteArray();
        int count = in.readInt();
        List<AttributeChange> changes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            changes.add(AttributeChange.read(in));
        }
        return new Commit(create, writer, sequence, seen, created, hasTimeout ? timeout : null, secretHash, changes);
    }
}
