package io.flotilla.sessions.internal.wire;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The sessions that may be one principal's, by their keys. A key is put in before the session's commit, so that no session
 * is missed; whether a session really is the principal's only its own record tells. Immutable.
 */
public final class PrincipalSessions extends WireType {
    static final int CLASS_ID = 17;

    /** For how long a key may stand here without its session: a commit under way may still be applied. */
    static final Duration SETTLED = Duration.ofMinutes(2);

    static final PrincipalSessions NONE = new PrincipalSessions();

    private Map<String, Long> addedAt = Map.of();

    PrincipalSessions() {}

    private PrincipalSessions(Map<String, Long> addedAt) {
        this.addedAt = addedAt;
    }

    public Set<String> keys() {
        return addedAt.keySet();
    }

    PrincipalSessions with(String key, long now) {
        Map<String, Long> next = new LinkedHashMap<>(addedAt);
        next.put(key, now);
        return successor(next);
    }

    /** Without a session that has ended. */
    PrincipalSessions without(String key) {
        Map<String, Long> next = new LinkedHashMap<>(addedAt);
        next.remove(key);
        return successor(next);
    }

    /** Without those of these that are not new. */
    PrincipalSessions withoutStale(Collection<String> stale, long now) {
        Map<String, Long> next = new LinkedHashMap<>(addedAt);
        for (String key : stale) {
            Long added = next.get(key);
            if (added != null && now - added > SETTLED.toMillis()) {
                next.remove(key);
            }
        }
        return successor(next);
    }

    /** With those of the other side of a cut. */
    PrincipalSessions joined(PrincipalSessions other) {
        Map<String, Long> next = new LinkedHashMap<>(addedAt);
        other.addedAt.forEach((key, added) -> next.merge(key, added, Math::max));
        PrincipalSessions both = successor(next);
        both.keepAdditionsOfBoth(other);
        return both;
    }

    private PrincipalSessions successor(Map<String, Long> next) {
        PrincipalSessions sessions = new PrincipalSessions(next);
        sessions.keepAdditionsOf(this);
        return sessions;
    }

    boolean isEmpty() {
        return addedAt.isEmpty();
    }

    @Override
    public int getClassId() {
        return CLASS_ID;
    }

    @Override
    void write(ObjectDataOutput out) throws IOException {
        out.writeInt(addedAt.size());
        for (Map.Entry<String, Long> each : addedAt.entrySet()) {
            out.writeString(each.getKey());
            out.writeLong(each.getValue());
        }
    }

    @Override
    void read(ObjectDataInput in) throws IOException {
        int count = in.readInt();
        Map<String, Long> read = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            read.put(Bytes.readName(in), in.readLong());
        }
        addedAt = read;
    }
}
