package io.flotilla.sessions.internal.wire;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** INSPECT, on its way to the owner: a look at a session that is no access to it. */
public final class InspectProcessor extends OwnerProcessor<SessionSummary> {
    static final int CLASS_ID = 21;

    private String principal = "";

    InspectProcessor() {}

    public InspectProcessor(String principal) {
        this.principal = principal;
    }

    @Override
    SessionProtocol.Outcome<SessionSummary> step(@Nullable SessionRecord record, OwnerContext owner) {
        return SessionProtocol.inspect(record, principal, owner.now(), owner.lastLoss());
    }

    @Override
    EntryProcessor<String, SessionRecord, ?> backupOf(@Nullable SessionRecord before, SessionRecord after) {
        throw new AssertionError("nothing changes");
    }

    @Override
    public int getClassId() {
        return CLASS_ID;
    }

    @Override
    void write(ObjectDataOutput out) throws IOException {
        out.writeString(principal);
    }

    @Override
    void read(ObjectDataInput in) throws IOException {
        principal = Bytes.readName(in);
    }
}
