package io.flotilla.sessions.internal.wire;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Removes a record that nobody needs any more; decided anew by the owner, since a request may have come meanwhile. */
public final class SweepProcessor extends WireType
        implements EntryProcessor<String, SessionRecord, Boolean>, HazelcastInstanceAware {
    static final int CLASS_ID = 8;

    private long tombstoneMillis;
    private @Nullable OwnerContext context;
    private boolean removed;

    SweepProcessor() {}

    public SweepProcessor(long tombstoneMillis) {
        this.tombstoneMillis = tombstoneMillis;
    }

    @Override
    public void setHazelcastInstance(HazelcastInstance member) {
        context = OwnerContext.of(member);
    }

    @Override
    @SuppressWarnings("NullAway") // null is Hazelcast's word for removal
    public Boolean process(Map.Entry<String, SessionRecord> entry) {
        SessionRecord record = entry.getValue();
        OwnerContext owner = context;
        removed = record != null && owner != null && record.isRemovable(owner.now(), owner.lastLoss(), tombstoneMillis);
        if (removed) {
            entry.setValue(null);
        }
        return removed;
    }

    @Override
    public @Nullable EntryProcessor<String, SessionRecord, Boolean> getBackupProcessor() {
        return removed ? new RemoveBackup() : null;
    }

    @Override
    public int getClassId() {
        return CLASS_ID;
    }

    @Override
    void write(ObjectDataOutput out) throws IOException {
        out.writeLong(tombstoneMillis);
    }

    @Override
    void read(ObjectDataInput in) throws IOException {
        tombstoneMillis = in.readLong();
    }
}
