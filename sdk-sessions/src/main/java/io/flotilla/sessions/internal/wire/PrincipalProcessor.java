package io.flotilla.sessions.internal.wire;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A change of a principal's list of sessions, on its way to the owner of the list. Idempotent. */
public final class PrincipalProcessor extends WireType
        implements EntryProcessor<String, PrincipalSessions, PrincipalSessions>, HazelcastInstanceAware {
    static final int CLASS_ID = 18;

    /** What is done to the list. The codes are part of the wire format. */
    private enum Change {
        READ(1),
        ADD(2),
        REMOVE(3),
        REMOVE_STALE(4);

        private final byte code;

        Change(int code) {
            this.code = (byte) code;
        }
    }

    private Change change = Change.READ;
    private List<String> keys = List.of();
    private @Nullable OwnerContext context;
    private @Nullable PrincipalBackup backup;

    PrincipalProcessor() {}

    private PrincipalProcessor(Change change, List<String> keys) {
        this.change = change;
        this.keys = keys;
    }

    /** Nothing but the list itself. */
    public static PrincipalProcessor read() {
        return new PrincipalProcessor(Change.READ, List.of());
    }

    /** A session is about to become the principal's. */
    public static PrincipalProcessor add(String key) {
        return new PrincipalProcessor(Change.ADD, List.of(key));
    }

    /** A session has ended. */
    public static PrincipalProcessor remove(String key) {
        return new PrincipalProcessor(Change.REMOVE, List.of(key));
    }

    /** These sessions were found to be somebody else's, or not there. */
    public static PrincipalProcessor removeStale(List<String> keys) {
        return new PrincipalProcessor(Change.REMOVE_STALE, keys);
    }

    @Override
    public void setHazelcastInstance(HazelcastInstance member) {
        context = OwnerContext.of(member);
    }

    @Override
    @SuppressWarnings("NullAway") // null is Hazelcast's word for removal
    public PrincipalSessions process(Map.Entry<String, PrincipalSessions> entry) {
        OwnerContext owner = context;
        if (owner == null) {
            throw new IllegalStateException("the sessions module is not installed on this member");
        }
        PrincipalSessions present = entry.getValue() == null ? PrincipalSessions.NONE : entry.getValue();
        backup = null;
        if (change != Change.READ) {
            present = changed(present, owner.now());
            entry.setValue(present.isEmpty() ? null : present);
            backup = new PrincipalBackup(present);
        }
        return present;
    }

    private PrincipalSessions changed(PrincipalSessions present, long now) {
        return switch (change) {
            case READ -> present;
            case ADD -> present.with(keys.get(0), now);
            case REMOVE -> present.without(keys.get(0));
            case REMOVE_STALE -> present.withoutStale(keys, now);
        };
    }

    @Override
    @SuppressWarnings("unchecked") // a backup's result is never read
    public @Nullable EntryProcessor<String, PrincipalSessions, PrincipalSessions> getBackupProcessor() {
        return backup;
    }

    @Override
    public int getClassId() {
        return CLASS_ID;
    }

    @Override
    void write(ObjectDataOutput out) throws IOException {
        out.writeByte(change.code);
        out.writeInt(keys.size());
        for (String each : keys) {
            out.writeString(each);
        }
    }

    @Override
    void read(ObjectDataInput in) throws IOException {
        change = Codes.of(Change.values(), in.readByte(), each -> each.code);
        int count = in.readInt();
        List<String> read = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            read.add(Bytes.readName(in));
        }
        keys = read;
    }
}
