package io.flotilla.sessions.internal.live;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** The sessions that requests on this member are using just now. Thread-safe. */
public final class LiveSessions {
    private final ConcurrentHashMap<String, LiveSession> sessions = new ConcurrentHashMap<>();
    private final NodeLocals locals;

    public LiveSessions(LongSupplier ticker) {
        locals = new NodeLocals(ticker);
    }

    /** The session of that key, shared with all requests that use it; to be {@linkplain #leave left} by each. */
    public LiveSession join(String key) {
        return join(LiveSession.maybe(key));
    }

    /** A new session, not stored yet. */
    public LiveSession begin(String key, long created, int maxInactiveSeconds) {
        return join(LiveSession.fresh(key, created, maxInactiveSeconds));
    }

    /** This session, or the one that has taken its place since it was left. */
    public LiveSession join(LiveSession session) {
        return sessions.compute(session.key(), (key, present) -> {
            LiveSession joined = present == null || present.isEnded() ? entering(session) : present;
            joined.users++;
            return joined;
        });
    }

    public void leave(LiveSession session) {
        sessions.computeIfPresent(session.key(), (key, present) -> {
            boolean last = --session.users <= 0;
            if (!last || !present.equals(session)) {
                return present;
            }
            if (session.isValid()) {
                locals.keep(key, session.locals());
            }
            return null;
        });
    }

    private LiveSession entering(LiveSession session) {
        Map<String, Object> kept = locals.take(session.key());
        if (kept != null) {
            kept.forEach(session::writeLocal);
        }
        return session;
    }

    /** How many there are. */
    public int size() {
        return sessions.size();
    }
}
