package io.flotilla.sessions.internal.wire;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The owner's answer to whoever ends a session, or clears up after one. */
public final class EndReply extends WireType {
    static final int CLASS_ID = 13;

    /** What was done. The codes are part of the wire format. */
    public enum Status {
        /** Nothing: the session lives, is gone, or somebody else sees to it. */
        NOTHING(1),
        /** The tombstone of a session that ended long ago was removed. */
        FORGOTTEN(2),
        /** The session ended by this, and nobody is to be told. */
        ENDED(3),
        /** The session ended by this; its listeners should have been told, but its application is not there. */
        UNHEARD(4),
        /** Nothing: the session is over, and its listeners are to be told. */
        TO_TELL(5),
        /** The session is over, and the asking member is the one that tells its listeners. */
        CLAIMED(6);

        private final byte code;

        Status(int code) {
            this.code = (byte) code;
        }
    }

    private Status status = Status.NOTHING;
    private @Nullable EndCause cause;
    private @Nullable String principal;
    private @Nullable SessionRecord claimed;

    EndReply() {}

    private EndReply(
            Status status, @Nullable EndCause cause, @Nullable String principal, @Nullable SessionRecord claimed) {
        this.status = status;
        this.cause = cause;
        this.principal = principal;
        this.claimed = claimed;
    }

    static EndReply of(Status status) {
        return new EndReply(status, null, null, null);
    }

    static EndReply ended(Status status, SessionRecord session, @Nullable EndCause cause) {
        return new EndReply(status, cause, session.principal(), null);
    }

    static EndReply claimed(SessionRecord session) {
        return new EndReply(Status.CLAIMED, null, null, session);
    }

    public Status status() {
        return status;
    }

    /** Whether the session ended by this. */
    public boolean isEnd() {
        return status == Status.ENDED || status == Status.UNHEARD;
    }

    /** Why the session ended, if it did by this and not by its own request. */
    public @Nullable EndCause cause() {
        return cause;
    }

    /** Whose session it was, if it ended by this. */
    public @Nullable String principal() {
        return principal;
    }

    /** With {@link Status#CLAIMED}: the session. */
    public @Nullable SessionRecord claimed() {
        return claimed;
    }

    @Override
    public int getClassId() {
        return CLASS_ID;
    }

    @Override
    void write(ObjectDataOutput out) throws IOException {
        out.writeByte(status.code);
        out.writeByte(cause == null ? 0 : cause.code());
        out.writeString(principal);
        out.writeBoolean(claimed != null);
        if (claimed != null) {
            claimed.writeData(out);
        }
    }

    @Override
    void read(ObjectDataInput in) throws IOException {
        byte code = in.readByte();
        status = Codes.of(Status.values(), code, each -> each.code);
        byte causeCode = in.readByte();
        cause = causeCode == 0 ? null : EndCause.of(causeCode);
        principal = in.readString();
        if (in.readBoolean()) {
            SessionRecord record = new SessionRecord();
            record.readData(in);
            claimed = record;
        }
    }
}
