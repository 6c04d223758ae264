package io.flotilla.sessions.internal.wire;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What one request changed in one session, applied as a whole or not at all.
 *
 * @param writer the member's store that sends this, a random number for its life
 * @param sequence grows with each commit of that writer; a number seen before marks a repetition
 * @param seen the record's version that the request saw; see {@link SessionRecord#knows}
 * @param head what changes besides the attributes
 * @param changes the attributes to set and remove
 * @param turn the number of the exclusive request's turn; zero for any other request
 */
public record Commit(
        long writer, long sequence, Version seen, HeadChange head, List<AttributeChange> changes, long turn) {
    private static final byte PLAIN = 0;
    private static final byte EXCLUSIVE = 1;

    /** A commit of a request that is not exclusive. */
    public Commit(long writer, long sequence, Version seen, HeadChange head, List<AttributeChange> changes) {
        this(writer, sequence, seen, head, changes, 0);
    }

    /** The same commit, sent anew on top of another version: a new operation. */
    public Commit with(long newSequence, Version newSeen, List<AttributeChange> newChanges) {
        return new Commit(writer, newSequence, newSeen, head, newChanges, turn);
    }

    /** Whether the session is new. */
    boolean create() {
        return head.isNew();
    }

    /** Whether an exclusive request has sent it. */
    boolean isExclusive() {
        return turn != 0;
    }

    /** Whether it overwrites the id or the timeout, or sets an attribute where none was: no version guards these. */
    boolean hasUnversioned() {
        for (AttributeChange each : changes) {
            if (each.value() != null && each.base().equals(Version.NONE)) {
                return true;
            }
        }
        return !head.isEmpty();
    }

    /** Whether a later commit with {@linkplain #hasUnversioned unversioned} changes must know of this one. */
    boolean mustBeKnown() {
        return !create() && (!head.isEmpty() || removes());
    }

    private boolean removes() {
        for (AttributeChange each : changes) {
            if (each.value() == null) {
                return true;
            }
        }
        return false;
    }

    void write(ObjectDataOutput out) throws IOException {
        out.writeLong(writer);
        out.writeLong(sequence);
        seen.write(out);
        head.write(out);
        out.writeInt(changes.size());
        for (AttributeChange each : changes) {
            each.write(out);
        }
        out.writeByte(isExclusive() ? EXCLUSIVE : PLAIN);
        if (isExclusive()) {
            out.writeLong(turn);
        }
    }

    static Commit read(ObjectDataInput in) throws IOException {
        long writer = in.readLong();
        long sequence = in.readLong();
        Version seen = Version.read(in);
        HeadChange head = HeadChange.read(in);
        int count = in.readInt();
        List<AttributeChange> changes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            changes.add(AttributeChange.read(in));
        }
        long turn = in.readByte() == EXCLUSIVE ? in.readLong() : 0;
        return new Commit(writer, sequence, seen, head, changes, turn);
    }
}
