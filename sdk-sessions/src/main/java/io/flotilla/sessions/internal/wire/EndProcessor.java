package io.flotilla.sessions.internal.wire;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** END, on its way to the owner. */
public final class EndProcessor extends OwnerProcessor<EndReply> {
    static final int CLASS_ID = 14;

    private String principal = "";
    private long operation;

    EndProcessor() {}

    public EndProcessor(String principal, long operation) {
        this.principal = principal;
        this.operation = operation;
    }

    @Override
    SessionProtocol.Outcome<EndReply> step(@Nullable SessionRecord record, OwnerContext owner) {
        return SessionProtocol.end(record, principal, operation, owner.now(), owner.lastLoss());
    }

    @Override
    EntryProcessor<String, SessionRecord, ?> backupOf(@Nullable SessionRecord before, SessionRecord after) {
        return EndingBackup.of(after);
    }

    @Override
    public int getClassId() {
        return CLASS_ID;
    }

    @Override
    void write(ObjectDataOutput out) throws IOException {
        out.writeString(principal);
        out.writeLong(operation);
    }

    @Override
    void read(ObjectDataInput in) throws IOException {
        principal = Bytes.readName(in);
        operation = in.readLong();
    }
}
