package io.flotilla.sessions.internal.wire;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import java.util.Map;

/** Brings the owner's access time to a backup. */
final class AccessBackup extends BackupStep {
    static final int CLASS_ID = 9;

    private long lastAccessed;

    AccessBackup() {}

    AccessBackup(long lastAccessed) {
        this.lastAccessed = lastAccessed;
    }

    @Override
    public Boolean process(Map.Entry<String, SessionRecord> entry) {
        SessionRecord record = entry.getValue();
        return record != null && record.access(lastAccessed);
    }

    @Override
    public int getClassId() {
        return CLASS_ID;
    }

    @Override
    void write(ObjectDataOutput out) throws IOException {
        out.writeLong(lastAccessed);
    }

    @Override
    void read(ObjectDataInput in) throws IOException {
        lastAccessed = in.readLong();
    }
}
