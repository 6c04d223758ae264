package io.flotilla.sessions.internal.wire;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An access without OPEN, on its way to the owner. */
public final class TouchProcessor extends OwnerProcessor<Boolean> {
    static final int CLASS_ID = 5;

    private SecretHash secretHash = new SecretHash(0, 0);

    TouchProcessor() {}

    public TouchProcessor(SecretHash secretHash) {
        this.secretHash = secretHash;
    }

    @Override
    SessionProtocol.Outcome<Boolean> step(@Nullable SessionRecord record, OwnerContext owner) {
        return SessionProtocol.touch(record, secretHash, owner.now(), owner.lastLoss());
    }

    @Override
    EntryProcessor<String, SessionRecord, ?> backupOf(@Nullable SessionRecord before, SessionRecord after) {
        return new AccessBackup(after.lastAccessed());
    }

    @Override
    public int getClassId() {
        return CLASS_ID;
    }

    @Override
    void write(ObjectDataOutput out) throws IOException {
        secretHash.write(out);
    }

    @Override
    void read(ObjectDataInput in) throws IOException {
        secretHash = SecretHash.read(in);
    }
}
