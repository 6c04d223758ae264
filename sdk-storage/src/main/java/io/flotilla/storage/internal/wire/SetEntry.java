package io.flotilla.storage.internal.wire;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a backup is told: the entry as it is on the owner. */
final class SetEntry extends WireType implements EntryProcessor<String, IndexEntry, IndexEntry> {
    static final int CLASS_ID = 7;

    private @Nullable IndexEntry entry;

    SetEntry() {}

    SetEntry(@Nullable IndexEntry entry) {
        this.entry = entry;
    }

    @Override
    @SuppressWarnings("NullAway") // null is Hazelcast's word for removal
    public IndexEntry process(Map.Entry<String, IndexEntry> present) {
        present.setValue(entry);
        return null;
    }

    @Override
    public int getClassId() {
        return CLASS_ID;
    }

    @Override
    protected void writeFields(ObjectDataOutput out) throws IOException {
        out.writeObject(entry);
    }

    @Override
    protected void readFields(ObjectDataInput in) throws IOException {
        entry = in.readObject();
    }
}
