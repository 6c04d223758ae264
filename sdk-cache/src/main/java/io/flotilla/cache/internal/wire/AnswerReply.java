package io.flotilla.cache.internal.wire;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.flotilla.cache.internal.protocol.Answer;
import io.flotilla.cache.internal.protocol.Position;
import java.io.IOException;
import java.util.UUID;

/** An owner's answer to LOOK and ASK, on its way back. */
public final class AnswerReply extends WireType {
    static final int CLASS_ID = 3;

    private static final Answer.Status[] STATUSES = Answer.Status.values();

    private Answer<byte[]> answer =
            new Answer<>(Answer.Status.NOTHING, 0, null, 0, 0, null, 0, new Position(new UUID(0, 0), Position.NOWHERE));

    AnswerReply() {}

    AnswerReply(Answer<byte[]> answer) {
        this.answer = answer;
    }

    public Answer<byte[]> answer() {
        return answer;
    }

    @Override
    public int getClassId() {
        return CLASS_ID;
    }

    @Override
    void write(ObjectDataOutput out) throws IOException {
        out.writeByte(Fields.code(STATUSES, answer.status()));
        out.writeLong(answer.version());
        out.writeByteArray(answer.value());
        out.writeLong(answer.freshFor());
        out.writeLong(answer.usableFor());
        Fields.lease(answer.lease(), out);
        out.writeLong(answer.leaseFor());
        Fields.position(answer.position(), out);
    }

    @Override
    void read(ObjectDataInput in) throws IOException {
        answer = new Answer<>(
                Fields.constant(STATUSES, in),
                in.readLong(),
                in.readByteArray(),
                in.readLong(),
                in.readLong(),
                Fields.lease(in),
                in.readLong(),
                Fields.position(in));
    }
}
