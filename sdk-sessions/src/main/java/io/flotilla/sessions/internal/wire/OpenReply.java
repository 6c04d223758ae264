package io.flotilla.sessions.internal.wire;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The owner's answer to OPEN. */
public final class OpenReply extends WireType {
    static final int CLASS_ID = 2;

    /** What the owner found. The codes are part of the wire format. */
    public enum Status {
        /** The asking member's copy is current: nothing but the access is told. */
        NOT_MODIFIED(1),
        /** The attributes written since the asking member's copy, and the names of all. */
        CHANGED(2),
        /** All attributes. */
        ALL(3),
        /** There was such a session; it was invalidated, or has expired. */
        GONE(4),
        /** There is no such session, or the secret is wrong. */
        UNKNOWN(5),
        /** The id was changed a moment ago; whoever still sends the old one gets nothing, not even a new session. */
        ROTATED(6),
        /** There is no such session, but it may just have been lost or be on the other side of a cut. */
        UNAVAILABLE(7),
        /** It is the turn of another exclusive request; told to those that want to be one only. */
        BUSY(8);

        private final byte code;

        Status(int code) {
            this.code = (byte) code;
        }
    }

    private static final int IN_TURN = 0x80; // beside the code of the status

    private Status status = Status.UNKNOWN;
    private long turn;
    private Version version = Version.NONE;
    private long created;
    private long lastAccessed;
    private int maxInactiveSeconds;
    private Set<String> names = Set.of();
    private Map<String, StoredAttribute> attributes = Map.of();

    OpenReply() {}

    private OpenReply(Status status) {
        this.status = status;
    }

    static OpenReply without(Status status) {
        return new OpenReply(status);
    }

    static OpenReply busy(long lastAccessed) {
        OpenReply reply = new OpenReply(Status.BUSY);
        reply.lastAccessed = lastAccessed;
        return reply;
    }

    /** The same for the exclusive request whose turn it is. */
    OpenReply inTurn(long number) {
        turn = number;
        return this;
    }

    static OpenReply notModified(long lastAccessed) {
        OpenReply reply = new OpenReply(Status.NOT_MODIFIED);
        reply.lastAccessed = lastAccessed;
        return reply;
    }

    static OpenReply of(
            Status status,
            SessionRecord record,
            long lastAccessed,
            Set<String> names,
            Map<String, StoredAttribute> attributes) {
        OpenReply reply = new OpenReply(status);
        reply.version = record.version();
        reply.created = record.created();
        reply.lastAccessed = lastAccessed;
        reply.maxInactiveSeconds = record.maxInactiveSeconds();
        reply.names = names;
        reply.attributes = attributes;
        return reply;
    }

    public Status status() {
        return status;
    }

    /**
     * This answer as it goes back to the asking member: the most frequent one, that its copy is current, as a bare number,
     * which is a sixth smaller than an object with nothing else in it.
     */
    Object packed() {
        return status == Status.NOT_MODIFIED && turn == 0 ? (Object) lastAccessed : this;
    }

    /** The answer that came {@linkplain #packed packed}. */
    public static OpenReply unpacked(Object packed) {
        return packed instanceof Long lastAccessed ? notModified(lastAccessed) : (OpenReply) packed;
    }

    /** Whether the session is there. */
    public boolean found() {
        return status == Status.NOT_MODIFIED || hasNews();
    }

    private boolean hasAccess() {
        return status == Status.NOT_MODIFIED || status == Status.BUSY;
    }

    private boolean hasNews() {
        return status == Status.CHANGED || status == Status.ALL;
    }

    /** The number of the exclusive request's turn; zero for any other. */
    public long turn() {
        return turn;
    }

    /** With {@link Status#CHANGED} and {@link Status#ALL}, as all that follows. */
    public Version version() {
        return version;
    }

    /** When the session was created, milliseconds. */
    public long created() {
        return created;
    }

    /** When the request before this one came, milliseconds; with {@link Status#NOT_MODIFIED} and {@link Status#BUSY} too. */
    public long lastAccessed() {
        return lastAccessed;
    }

    /** The timeout; zero or less for never. */
    public int maxInactiveSeconds() {
        return maxInactiveSeconds;
    }

    /** With {@link Status#CHANGED}: the names of all attributes that exist. */
    public Set<String> names() {
        return names;
    }

    public Map<String, StoredAttribute> attributes() {
        return attributes;
    }

    @Override
    public int getClassId() {
        return CLASS_ID;
    }

    @Override
    void write(ObjectDataOutput out) throws IOException {
        out.writeByte(turn == 0 ? status.code : status.code | IN_TURN);
        if (turn != 0) {
            out.writeLong(turn);
        }
        if (!hasNews()) {
            if (hasAccess()) {
                out.writeLong(lastAccessed);
            }
            return;
        }
        version.write(out);
        out.writeLong(created);
        out.writeLong(lastAccessed);
        out.writeInt(maxInactiveSeconds);
        out.writeInt(names.size());
        for (String name : names) {
            out.writeString(name);
        }
        Attributes.write(out, attributes);
    }

    @Override
    void read(ObjectDataInput in) throws IOException {
        byte first = in.readByte();
        turn = (first & IN_TURN) == 0 ? 0 : in.readLong();
        status = Codes.of(Status.values(), (byte) (first & ~IN_TURN), each -> each.code);
        if (!hasNews()) {
            lastAccessed = hasAccess() ? in.readLong() : 0;
            return;
        }
        version = Version.read(in);
        created = in.readLong();
        lastAccessed = in.readLong();
        maxInactiveSeconds = in.readInt();
        int count = in.readInt();
        Set<String> all = new LinkedHashSet<>();
        for (int i = 0; i < count; i++) {
            all.add(Bytes.readSharedName(in));
        }
        names = all;
        attributes = Attributes.read(in);
    }
}
