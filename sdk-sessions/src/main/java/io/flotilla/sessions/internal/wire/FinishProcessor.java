package io.flotilla.sessions.internal.wire;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** FINISH, on its way to the owner. */
public final class FinishProcessor extends OwnerProcessor<EndReply> {
    static final int CLASS_ID = 15;

    private long eventId;

    FinishProcessor() {}

    public FinishProcessor(long eventId) {
        this.eventId = eventId;
    }

    @Override
    SessionProtocol.Outcome<EndReply> step(@Nullable SessionRecord record, OwnerContext owner) {
        return SessionProtocol.finish(record, eventId, owner.now(), owner.newTag());
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
    void write(ObjectDataOutput out) throws IOException {
        out.writeLong(eventId);
    }

    @Override
    void read(ObjectDataInput in) throws IOException {
        eventId = in.readLong();
    }
}
