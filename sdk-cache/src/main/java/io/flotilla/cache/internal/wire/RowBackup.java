package io.flotilla.cache.internal.wire;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.map.ExtendedMapEntry;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Brings a backup to the owner's row, or removes what it has. */
final class RowBackup extends WireType implements EntryProcessor<String, RowRecord, Boolean> {
    static final int CLASS_ID = 2;

    private @Nullable RowRecord record;
    private long keptFor;

    RowBackup() {}

    RowBackup(@Nullable RowRecord record, long keptFor) {
        this.record = record;
        this.keptFor = keptFor;
    }

    @Override
    public Boolean process(Map.Entry<String, RowRecord> entry) {
        store(entry, record, keptFor);
        return true;
    }

    /** The time to live only collects what has ended: whether a value may be served says the row. */
    @SuppressWarnings("NullAway") // null is Hazelcast's word for removal
    static void store(Map.Entry<String, RowRecord> entry, @Nullable RowRecord record, long keptFor) {
        if (record == null) {
            entry.setValue(null);
        } else {
            ((ExtendedMapEntry<String, RowRecord>) entry).setValue(record, keptFor, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public @Nullable EntryProcessor<String, RowRecord, Boolean> getBackupProcessor() {
        return null;
    }

    @Override
    public int getClassId() {
        return CLASS_ID;
    }

    @Override
    void write(ObjectDataOutput out) throws IOException {
        out.writeLong(keptFor);
        out.writeBoolean(record != null);
        if (record != null) {
            record.writeData(out);
        }
    }

    @Override
    void read(ObjectDataInput in) throws IOException {
        keptFor = in.readLong();
        record = null;
        if (in.readBoolean()) {
            record = new RowRecord();
            record.readData(in);
        }
    }
}
