package io.flotilla.cache.internal.wire;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.flotilla.cache.internal.protocol.Answer;
import io.flotilla.cache.internal.protocol.Ask;
import io.flotilla.cache.internal.protocol.Row;
import io.flotilla.cache.internal.protocol.RowProtocol;
import io.flotilla.cache.internal.protocol.Step;
import java.io.IOException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** ASK, on its way to the owner. */
public final class AskProcessor extends RowProcessor<AnswerReply> {
    static final int CLASS_ID = 6;

    private Ask ask = Ask.of(0, new UUID(0, 0), 0);

    AskProcessor() {
        super("");
    }

    public AskProcessor(String cache, Ask ask) {
        super(cache);
        this.ask = ask;
    }

    @Override
    Step<byte[], AnswerReply> step(@Nullable Row<byte[]> row, CacheKey key, Owner owner) {
        Step<byte[], Answer<byte[]>> step =
                RowProtocol.ask(row, ask, owner.context().newGrant(), owner.now(), owner.position());
        return step.replying(new AnswerReply(step.reply()));
    }

    @Override
    public int getClassId() {
        return CLASS_ID;
    }

    @Override
    void writeStep(ObjectDataOutput out) throws IOException {
        out.writeLong(ask.token());
        Fields.id(ask.reader(), out);
        out.writeLong(ask.leaseFor());
        out.writeLong(ask.voidVersion());
        out.writeBoolean(ask.early());
    }

    @Override
    void readStep(ObjectDataInput in) throws IOException {
        ask = new Ask(in.readLong(), Fields.id(in), in.readLong(), in.readLong(), in.readBoolean());
    }
}
