package io.flotilla.sessions.internal.wire;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** OPEN of a request that wants to be the session's only exclusive one; the answer comes back as that of OPEN. */
public final class OpenInTurnProcessor extends OwnerProcessor<Object> {
    static final int CLASS_ID = 24;

    private SecretHash secretHash = new SecretHash(0, 0);
    private long haveTag;
    private TurnQuestion question = new TurnQuestion(new TurnClaim(0, new UUID(0, 0)), false);

    OpenInTurnProcessor() {}

    public OpenInTurnProcessor(SecretHash secretHash, Version have, TurnQuestion question) {
        this.secretHash = secretHash;
        this.haveTag = have.tag();
        this.question = question;
    }

    @Override
    SessionProtocol.Outcome<Object> step(@Nullable SessionRecord record, OwnerContext owner) {
        return SessionProtocol.openInTurn(
                        record,
                        secretHash,
                        haveTag,
                        question,
                        owner.newTag(),
                        owner.now(),
                        owner.lastLoss(),
                        this::isMember)
                .with(OpenReply::packed);
    }

    @Override
    Object unavailable() {
        return OpenReply.without(OpenReply.Status.UNAVAILABLE).packed();
    }

    @Override
    EntryProcessor<String, SessionRecord, ?> backupOf(@Nullable SessionRecord before, SessionRecord after) {
        return after.isHeldBy(question.claim().token()) ? TurnBackup.of(after) : new AccessBackup(after.lastAccessed());
    }

    @Override
    public int getClassId() {
        return CLASS_ID;
    }

    @Override
    void write(ObjectDataOutput out) throws IOException {
        secretHash.write(out);
        out.writeLong(haveTag);
        question.write(out);
    }

    @Override
    void read(ObjectDataInput in) throws IOException {
        secretHash = SecretHash.read(in);
        haveTag = in.readLong();
        question = TurnQuestion.read(in);
    }
}
