package io.flotilla.sessions.internal.wire;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** COMMIT, on its way to the owner. */
public final class CommitProcessor extends OwnerProcessor<CommitReply> {
    static final int CLASS_ID = 6;

    private Commit commit = new Commit(0, 0, Version.NONE, HeadChange.NONE, List.of());

    CommitProcessor() {}

    public CommitProcessor(Commit commit) {
        this.commit = commit;
    }

    Commit commit() {
        return commit;
    }

    @Override
    SessionProtocol.Outcome<CommitReply> step(@Nullable SessionRecord record, OwnerContext owner) {
        return SessionProtocol.commit(record, commit, owner.now(), owner.newTag(), owner.lastLoss());
    }

    @Override
    @Nullable
    CommitReply unavailable() {
        return commit.create() ? null : CommitReply.unavailable();
    }

    @Override
    EntryProcessor<String, SessionRecord, ?> backupOf(@Nullable SessionRecord before, SessionRecord after) {
        return before == null || before.version().equals(after.version())
                ? RecordBackup.whole(after)
                : RecordBackup.delta(before.version(), after, commit.changes());
    }

    @Override
    public int getClassId() {
        return CLASS_ID;
    }

    @Override
    void write(ObjectDataOutput out) throws IOException {
        commit.write(out);
    }

    @Override
    void read(ObjectDataInput in) throws IOException {
        commit = Commit.read(in);
    }
}
