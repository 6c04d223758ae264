package io.flotilla.sessions.internal.wire;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** INVALIDATE, on its way to the owner. */
public final class InvalidateProcessor extends OwnerProcessor<EndReply> {
    static final int CLASS_ID = 7;

    private long operation;

    InvalidateProcessor() {}

    public InvalidateProcessor(long operation) {
        this.operation = operation;
    }

    @Override
    SessionProtocol.Outcome<EndReply> step(@Nullable SessionRecord record, OwnerContext owner) {
        return SessionProtocol.invalidate(record, operation, owner.now());
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
        out.writeLong(operation);
    }

    @Override
    void read(ObjectDataInput in) throws IOException {
        operation = in.readLong();
    }
}
