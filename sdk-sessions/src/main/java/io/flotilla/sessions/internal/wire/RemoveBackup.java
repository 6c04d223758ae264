package io.flotilla.sessions.internal.wire;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.util.Map;

/** Follows the owner's removal of a record. */
final class RemoveBackup extends BackupStep {
    static final int CLASS_ID = 10;

    @Override
    @SuppressWarnings("NullAway") // null is Hazelcast's word for removal
    public Boolean process(Map.Entry<String, SessionRecord> entry) {
        entry.setValue(null);
        return true;
    }

    @Override
    public int getClassId() {
        return CLASS_ID;
    }

    @Override
    void write(ObjectDataOutput out) {}

    @Override
    void read(ObjectDataInput in) {}
}
