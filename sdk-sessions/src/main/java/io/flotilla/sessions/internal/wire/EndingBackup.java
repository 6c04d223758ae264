package io.flotilla.sessions.internal.wire;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import java.util.Map;

/** Tells a backup that a session is over and who tells its listeners; what the session held stays as it is there. */
final class EndingBackup extends BackupStep {
    static final int CLASS_ID = 16;

    private Ending ending = Ending.unclaimed(EndCause.EXPIRED, 0, 0);

    EndingBackup() {}

    EndingBackup(Ending ending) {
        this.ending = ending;
    }

    /** What the backups are to do after a session has ended, or is about to. */
    static EntryProcessor<String, SessionRecord, ?> of(SessionRecord after) {
        Ending ending = after.ending();
        return ending == null ? RecordBackup.whole(after) : new EndingBackup(ending);
    }

    @Override
    public Boolean process(Map.Entry<String, SessionRecord> entry) {
        SessionRecord present = entry.getValue();
        if (present != null && !present.isDead()) {
            entry.setValue(present.ending(ending));
        }
        return true;
    }

    @Override
    public int getClassId() {
        return CLASS_ID;
    }

    @Override
    void write(ObjectDataOutput out) throws IOException {
        ending.write(out);
    }

    @Override
    void read(ObjectDataInput in) throws IOException {
        ending = Ending.read(in);
    }
}
