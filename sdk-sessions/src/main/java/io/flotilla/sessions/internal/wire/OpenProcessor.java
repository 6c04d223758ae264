package io.flotilla.sessions.internal.wire;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** OPEN, on its way to the owner, whose answer comes back {@linkplain OpenReply#packed packed}. */
public final class OpenProcessor extends OwnerProcessor<Object> {
    static final int CLASS_ID = 4;

    private SecretHash secretHash = new SecretHash(0, 0);
    private long haveTag;

    OpenProcessor() {}

    public OpenProcessor(SecretHash secretHash, Version have) {
        this.secretHash = secretHash;
        this.haveTag = have.tag();
    }

    @Override
    SessionProtocol.Outcome<Object> step(@Nullable SessionRecord record, OwnerContext owner) {
        return SessionProtocol.open(record, secretHash, haveTag, owner.now(), owner.lastLoss())
                .with(OpenReply::packed);
    }

    @Override
    Object unavailable() {
        return OpenReply.without(OpenReply.Status.UNAVAILABLE).packed();
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
        out.writeLong(haveTag);
    }

    @Override
    void read(ObjectDataInput in) throws IOException {
        secretHash = SecretHash.read(in);
        haveTag = in.readLong();
    }
}
