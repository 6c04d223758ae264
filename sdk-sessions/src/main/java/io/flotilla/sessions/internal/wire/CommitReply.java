package io.flotilla.sessions.internal.wire;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The owner's answer to COMMIT. */
public final class CommitReply extends WireType {
    static final int CLASS_ID = 3;

    /** What became of the commit. The codes are part of the wire format. */
    public enum Status {
        /** Applied, backed up. */
        APPLIED(1),
        /** Applied by an earlier delivery of the same operation. */
        REPEATED(2),
        /** Nothing applied: something has changed since the request read it; see {@link #conflicts()}. */
        CONFLICT(3),
        /** Nothing applied: the session does not exist any more. */
        GONE(4),
        /** Nothing applied: the session is absent, and may just have been lost or be on the other side of a cut. */
        UNAVAILABLE(5),
        /** Nothing applied: the turn is no longer the request's that sent this. */
        OUT_OF_TURN(6);

        private final byte code;

        Status(int code) {
            this.code = (byte) code;
        }
    }

    private Status status = Status.GONE;
    private Version before = Version.NONE;
    private Version version = Version.NONE;
    private long created;
    private boolean idRefused;
    private Map<String, @Nullable StoredAttribute> conflicts = Map.of();

    CommitReply() {}

    private CommitReply(Status status, Version before, Version version) {
        this.status = status;
        this.before = before;
        this.version = version;
    }

    static CommitReply gone() {
        return new CommitReply(Status.GONE, Version.NONE, Version.NONE);
    }

    static CommitReply unavailable() {
        return new CommitReply(Status.UNAVAILABLE, Version.NONE, Version.NONE);
    }

    static CommitReply outOfTurn() {
        return new CommitReply(Status.OUT_OF_TURN, Version.NONE, Version.NONE);
    }

    static CommitReply applied(Version before, Version version, boolean idRefused) {
        CommitReply reply = new CommitReply(Status.APPLIED, before, version);
        reply.idRefused = idRefused;
        return reply;
    }

    /** The commit has made the session. */
    static CommitReply created(Version version, long created) {
        CommitReply reply = applied(Version.NONE, version, false);
        reply.created = created;
        return reply;
    }

    static CommitReply repeated(Version version, boolean idRefused) {
        CommitReply reply = new CommitReply(Status.REPEATED, Version.NONE, version);
        reply.idRefused = idRefused;
        return reply;
    }

    static CommitReply conflict(Version version, Map<String, @Nullable StoredAttribute> conflicts) {
        CommitReply reply = new CommitReply(Status.CONFLICT, Version.NONE, version);
        reply.conflicts = conflicts;
        return reply;
    }

    public Status status() {
        return status;
    }

    /** With {@link Status#APPLIED}: the record's version on which the commit was applied. */
    public Version before() {
        return before;
    }

    /** The record's version now; attributes written by the commit carry it too. */
    public Version version() {
        return version;
    }

    /** Whether the commit's new id was left out, since another request has changed the id before. */
    public boolean isIdRefused() {
        return idRefused;
    }

    /** Whether the commit has made the session. */
    public boolean isCreation() {
        return status == Status.APPLIED && before.equals(Version.NONE);
    }

    /** With {@linkplain #isCreation a creation}: when that was by the owner's clock, milliseconds. */
    public long created() {
        return created;
    }

    /** With {@link Status#CONFLICT}: the attributes in conflict as they are now, null where removed. */
    public Map<String, @Nullable StoredAttribute> conflicts() {
        return conflicts;
    }

    @Override
    public int getClassId() {
        return CLASS_ID;
    }

    @Override
    void write(ObjectDataOutput out) throws IOException {
        out.writeByte(status.code);
        before.write(out);
        version.write(out);
        if (isCreation()) {
            out.writeLong(created);
        }
        out.writeBoolean(idRefused);
        out.writeInt(conflicts.size());
        for (Map.Entry<String, @Nullable StoredAttribute> each : conflicts.entrySet()) {
            out.writeString(each.getKey());
            StoredAttribute now = each.getValue();
            out.writeBoolean(now != null);
            if (now != null) {
                now.write(out);
            }
        }
    }

    @Override
    void read(ObjectDataInput in) throws IOException {
        status = Codes.of(Status.values(), in.readByte(), each -> each.code);
        before = Version.read(in);
        version = Version.read(in);
        created = isCreation() ? in.readLong() : 0;
        idRefused = in.readBoolean();
        int count = in.readInt();
        Map<String, @Nullable StoredAttribute> read = new HashMap<>();
        for (int i = 0; i < count; i++) {
            String name = Bytes.readName(in);
            read.put(name, in.readBoolean() ? StoredAttribute.read(in) : null);
        }
        conflicts = read;
    }
}
