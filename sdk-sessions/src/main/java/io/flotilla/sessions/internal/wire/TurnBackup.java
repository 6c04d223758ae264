package io.flotilla.sessions.internal.wire;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells a backup whose turn it is. One that has missed a commit forgets whose it was: if it becomes the owner, nobody may
 * store on top of it what was made of a state that it never had.
 */
final class TurnBackup extends BackupStep {
    static final int CLASS_ID = 26;

    private Version version = Version.NONE;
    private long lastAccessed;
    private @Nullable Turn turn;

    TurnBackup() {}

    private TurnBackup(Version version, long lastAccessed, @Nullable Turn turn) {
        this.version = version;
        this.lastAccessed = lastAccessed;
        this.turn = turn;
    }

    static TurnBackup of(SessionRecord after) {
        return new TurnBackup(after.version(), after.lastAccessed(), after.turn());
    }

    @Override
    public Boolean process(Map.Entry<String, SessionRecord> entry) {
        SessionRecord present = entry.getValue();
        if (present != null) {
            boolean unused = present.access(lastAccessed);
            entry.setValue(present.inTurn(present.version().equals(version) ? turn : null));
        }
        return true;
    }

    @Override
    public int getClassId() {
        return CLASS_ID;
    }

    @Override
    void write(ObjectDataOutput out) throws IOException {
        version.write(out);
        out.writeLong(lastAccessed);
        out.writeBoolean(turn != null);
        if (turn != null) {
            turn.write(out);
        }
    }

    @Override
    void read(ObjectDataInput in) throws IOException {
        version = Version.read(in);
        lastAccessed = in.readLong();
        turn = in.readBoolean() ? Turn.read(in) : null;
    }
}
