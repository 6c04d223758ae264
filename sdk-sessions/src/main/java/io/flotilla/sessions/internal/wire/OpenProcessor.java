package io.flotilla.sessions.internal.wire;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** OPEN, on its way to the owner. */
public final class OpenProcessor extends OwnerProcessor<OpenReply> {
    static final int CLASS_ID = 4;

    private byte[] secretHash = Bytes.NONE;
    private Version have = Version.NONE;

    OpenProcessor() {}

    public OpenProcessor(byte[] secretHash, Version have) {
        this.secretHash = secretHash;
        this.have = have;
    }

    @Override
    SessionProtocol.Outcome<OpenReply> step(@Nullable SessionRecord record, OwnerContext owner) {
        return SessionProtocol.open(record, secretHash, have, owner.now(), owner.lastLoss());
    }

    @Override
    OpenReply unavailable() {
        return OpenReply.without(OpenReply.Status.UNAVAILABLE);
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
        out.writeByteArray(secretHash);
        have.write(out);
    }

    @Override
    void read(ObjectDataInput in) throws IOException {
        secretHash = Bytes.read(in);
        have = Version.read(in);
    }
}
