package io.flotilla.sessions.internal.wire;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import org.jspecify.annotations.Nullable;

/** The end of a session, on its way to the owner. Idempotent. */
public final class InvalidateProcessor extends OwnerProcessor<Boolean> {
    static final int CLASS_ID = 7;

    @Override
    SessionProtocol.Outcome<Boolean> step(@Nullable SessionRecord record, OwnerContext owner) {
        return SessionProtocol.invalidate(record, owner.now(), owner.newTag());
    }

    @Override
    EntryProcessor<String, SessionRecord, ?> backupOf(@Nullable SessionRecord before, SessionRecord after) {
        return RecordBackup.whole(after);
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
