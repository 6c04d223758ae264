package io.flotilla.sessions.internal.wire;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** SWEEP, on its way to the owner; decided anew there, since a request may have come meanwhile. */
public final class SweepProcessor extends OwnerProcessor<EndReply> {
    static final int CLASS_ID = 8;

    private Sweep sweep = new Sweep(0, Audience.NOBODY);

    SweepProcessor() {}

    public SweepProcessor(Sweep sweep) {
        this.sweep = sweep;
    }

    @Override
    SessionProtocol.Outcome<EndReply> step(@Nullable SessionRecord record, OwnerContext owner) {
        return SessionProtocol.sweep(record, sweep, owner.now(), owner.newTag(), owner.lastLoss());
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
        sweep.write(out);
    }

    @Override
    void read(ObjectDataInput in) throws IOException {
        sweep = Sweep.read(in);
    }
}
