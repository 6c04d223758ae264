package io.flotilla.cache.internal.wire;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.flotilla.cache.internal.protocol.Answer;
import io.flotilla.cache.internal.protocol.Row;
import io.flotilla.cache.internal.protocol.RowProtocol;
import io.flotilla.cache.internal.protocol.Step;
import org.jspecify.annotations.Nullable;

/** LOOK, on its way to the owner. */
public final class LookProcessor extends RowProcessor<AnswerReply> {
    static final int CLASS_ID = 5;

    LookProcessor() {
        super("");
    }

    public LookProcessor(String cache) {
        super(cache);
    }

    @Override
    Step<byte[], AnswerReply> step(@Nullable Row<byte[]> row, CacheKey key, Owner owner) {
        Step<byte[], Answer<byte[]>> step = RowProtocol.look(row, owner.now(), owner.position());
        return step.replying(new AnswerReply(step.reply()));
    }

    @Override
    public int getClassId() {
        return CLASS_ID;
    }

    @Override
    void writeStep(ObjectDataOutput out) {}

    @Override
    void readStep(ObjectDataInput in) {}
}
