package io.flotilla.sessions.internal.wire;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Brings a backup to the owner's list of a principal's sessions. */
final class PrincipalBackup extends WireType implements EntryProcessor<String, PrincipalSessions, PrincipalSessions> {
    static final int CLASS_ID = 19;

    private PrincipalSessions sessions = PrincipalSessions.NONE;

    PrincipalBackup() {}

    PrincipalBackup(PrincipalSessions sessions) {
        this.sessions = sessions;
    }

    @Override
    @SuppressWarnings("NullAway") // null is Hazelcast's word for removal
    public PrincipalSessions process(Map.Entry<String, PrincipalSessions> entry) {
        entry.setValue(sessions.isEmpty() ? null : sessions);
        return sessions;
    }

    @Override
    public @Nullable EntryProcessor<String, PrincipalSessions, PrincipalSessions> getBackupProcessor() {
        return null;
    }

    @Override
    public int getClassId() {
        return CLASS_ID;
    }

    @Override
    void write(ObjectDataOutput out) throws IOException {
        sessions.writeData(out);
    }

    @Override
    void read(ObjectDataInput in) throws IOException {
        PrincipalSessions read = new PrincipalSessions();
        read.readData(in);
        sessions = read;
    }
}
