package io.flotilla.cache.internal.wire;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.flotilla.cache.internal.protocol.Position;
import io.flotilla.cache.internal.protocol.Written;
import java.io.IOException;
import java.util.UUID;

/** What an owner says to a fill or a change, on its way back. */
public final class WrittenReply extends WireType {
    static final int CLASS_ID = 4;

    /** What became of it; the order is part of the wire format. */
    public enum Outcome {
        /** It took place, or did before; or it was refused: {@link Written#stored} says. */
        DONE,
        /** It was meant for another owner, and nothing was done. */
        ELSEWHERE,
        /** The present value is no number, and nothing was done. */
        NO_NUMBER
    }

    private static final Outcome[] OUTCOMES = Outcome.values();
    private static final Written NOTHING = new Written(false, 0, new Position(new UUID(0, 0), Position.NOWHERE));

    private Outcome outcome = Outcome.DONE;
    private Written written = NOTHING;
    private long number;

    WrittenReply() {}

    private WrittenReply(Outcome outcome, Written written, long number) {
        this.outcome = outcome;
        this.written = written;
        this.number = number;
    }

    static WrittenReply of(Written written) {
        return new WrittenReply(Outcome.DONE, written, 0);
    }

    static WrittenReply of(Written written, long number) {
        return new WrittenReply(Outcome.DONE, written, number);
    }

    static WrittenReply elsewhere() {
        return new WrittenReply(Outcome.ELSEWHERE, NOTHING, 0);
    }

    static WrittenReply noNumber() {
        return new WrittenReply(Outcome.NO_NUMBER, NOTHING, 0);
    }

    public Outcome outcome() {
        return outcome;
    }

    public Written written() {
        return written;
    }

    /** The number that is there now, after an addition. */
    public long number() {
        return number;
    }

    @Override
    public int getClassId() {
        return CLASS_ID;
    }

    @Override
    void write(ObjectDataOutput out) throws IOException {
        out.writeByte(Fields.code(OUTCOMES, outcome));
        out.writeBoolean(written.stored());
        out.writeLong(written.version());
        Fields.position(written.position(), out);
        out.writeLong(number);
    }

    @Override
    void read(ObjectDataInput in) throws IOException {
        outcome = Fields.constant(OUTCOMES, in);
        written = new Written(in.readBoolean(), in.readLong(), Fields.position(in));
        number = in.readLong();
    }
}
