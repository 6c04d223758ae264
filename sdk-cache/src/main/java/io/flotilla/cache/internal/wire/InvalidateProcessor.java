package io.flotilla.cache.internal.wire;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.flotilla.cache.internal.protocol.Row;
import io.flotilla.cache.internal.protocol.RowProtocol;
import io.flotilla.cache.internal.protocol.Step;
import io.flotilla.cache.internal.protocol.Written;
import org.jspecify.annotations.Nullable;

/** INVALIDATE, on its way to the owner. It does no harm to do it twice, by whoever owns the key. */
public final class InvalidateProcessor extends RowProcessor<WrittenReply> {
    static final int CLASS_ID = 10;

    InvalidateProcessor() {
        super("");
    }

    public InvalidateProcessor(String cache) {
        super(cache);
    }

    @Override
    Step<byte[], WrittenReply> step(@Nullable Row<byte[]> row, CacheKey key, Owner owner) {
        Step<byte[], Written> step = RowProtocol.invalidate(row, owner.changed(key));
        return step.replying(WrittenReply.of(step.reply()));
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
