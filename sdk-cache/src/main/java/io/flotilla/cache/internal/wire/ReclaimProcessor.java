package io.flotilla.cache.internal.wire;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.flotilla.cache.internal.protocol.Row;
import io.flotilla.cache.internal.protocol.Step;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** RECLAIM, for all rows of a cache: those go whose values are void since the cache was cleared, and nothing else. */
public final class ReclaimProcessor extends RowProcessor<Boolean> {
    static final int CLASS_ID = 17;

    private long epoch;

    ReclaimProcessor() {
        super("");
    }

    /**
     * @param epoch the generation of the cache that there was before
     */
    public ReclaimProcessor(String cache, long epoch) {
        super(cache);
        this.epoch = epoch;
    }

    /** Nobody needs to hear of it: what bears that generation is void near, too. */
    @Override
    @SuppressWarnings("NullAway") // no reply, so that the caller gets none for each row
    Step<byte[], Boolean> step(@Nullable Row<byte[]> row, CacheKey key, Owner owner) {
        byte[] value = row == null ? null : row.value();
        return row != null && value != null && row.lease() == null && Envelope.isOf(epoch, value)
                ? Step.ended(null, null, Set.of())
                : Step.unchanged(null, row);
    }

    @Override
    public int getClassId() {
        return CLASS_ID;
    }

    @Override
    void writeStep(ObjectDataOutput out) throws IOException {
        out.writeLong(epoch);
    }

    @Override
    void readStep(ObjectDataInput in) throws IOException {
        epoch = in.readLong();
    }
}
