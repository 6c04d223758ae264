package io.flotilla.cache.internal.wire;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.flotilla.cache.internal.protocol.Row;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * RECLAIM, for some rows of a cache: those go whose values are void since the cache was cleared, and nothing else. Runs on
 * several rows in one go, whose backups get one message for all of them: so they judge each row by itself.
 */
public final class ReclaimProcessor extends WireType implements EntryProcessor<String, RowRecord, Boolean> {
    static final int CLASS_ID = 17;

    private long epoch;

    ReclaimProcessor() {}

    /**
     * @param epoch the generation of the cache that there was before
     */
    public ReclaimProcessor(long epoch) {
        this.epoch = epoch;
    }

    /** Nobody needs to hear of it: what bears that generation is void near, too. */
    @Override
    @SuppressWarnings("NullAway") // no reply, so that the caller gets none for each row
    public Boolean process(Map.Entry<String, RowRecord> entry) {
        Row<byte[]> row = RowRecord.of(entry.getValue());
        byte[] value = row == null ? null : row.value();
        if (row != null && value != null && row.lease() == null && Envelope.isOf(epoch, value)) {
            RowBackup.store(entry, null, 0);
        }
        return null;
    }

    @Override
    public @Nullable EntryProcessor<String, RowRecord, Boolean> getBackupProcessor() {
        return this;
    }

    @Override
    public int getClassId() {
        return CLASS_ID;
    }

    @Override
    void write(ObjectDataOutput out) throws IOException {
        out.writeLong(epoch);
    }

    @Override
    void read(ObjectDataInput in) throws IOException {
        epoch = in.readLong();
    }
}
