package io.flotilla.sessions.internal.live;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of one application on this member: those that requests are using just now, and the objects of some that were
 * used lately. Thread-safe.
 */
public final class LiveSessions {
    private final ConcurrentHashMap<String, LiveSession> used = new ConcurrentHashMap<>();
    private final RestingSessions resting;
    private final NodeLocals locals;

    /**
     * @param ticker the member's steady clock
     * @param maxBytes about how much memory the objects of unused sessions may hold
     */
    public LiveSessions(LongSupplier ticker, long maxBytes) {
        resting = new RestingSessions(ticker, maxBytes);
        locals = new NodeLocals(ticker);
    }

    /** The session of that key, shared with all requests that use it; to be {@linkplain #leave left} by each. */
    public LiveSession join(String key) {
        return join(key, null);
    }

    /** A new session, not stored yet. */
    public LiveSession begin(String key, long created, int maxInactiveSeconds) {
        return join(LiveSession.fresh(key, created, maxInactiveSeconds));
    }

    /** This session, or the one that has taken its place since it was left. */
    public LiveSession join(LiveSession session) {
        return join(session.key(), session);
    }

    private LiveSession join(String key, @Nullable LiveSession otherwise) {
        return used.compute(key, (same, present) -> {
            LiveSession joined = present != null && mayJoin(present, otherwise) ? present : entering(key, otherwise);
            if (present != null && present.isValid() && !joined.equals(present)) {
                present.locals().forEach(joined::writeLocal);
            }
            joined.enter();
            return joined;
        });
    }

    /**
     * Not what another request has failed with: its objects may be such as the owner never had, and never will. And whoever
     * had the session before does not give it away for one of which nothing is known yet.
     */
    private static boolean mayJoin(LiveSession present, @Nullable LiveSession before) {
        if (before != null && !before.isEnded() && !present.isFilled()) {
            return false;
        }
        return present.isFitForMore() || (present.equals(before) && !present.isEnded());
    }

    private LiveSession entering(String key, @Nullable LiveSession otherwise) {
        LiveSession rested = resting.get(key);
        Map<String, Object> kept = locals.take(key);
        if (rested != null && rested.isValid() && rested.isFitForMore()) {
            return rested;
        }
        LiveSession session = otherwise == null ? LiveSession.maybe(key) : otherwise;
        if (kept != null) {
            kept.forEach(session::writeLocal);
        }
        return session;
    }

    /** The last request to leave puts the session to rest, if it can be used again. */
    public void leave(LiveSession session) {
        leave(session, true);
    }

    /** There is no such session, as far as this request may know. */
    public void leaveForGood(LiveSession session) {
        leave(session, false);
    }

    private void leave(LiveSession session, boolean exists) {
        used.computeIfPresent(session.key(), (key, present) -> {
            boolean last = session.exit();
            if (!last || !present.equals(session)) {
                return present;
            }
            if (session.isValid()) {
                locals.keep(key, session.locals());
            }
            if (exists) {
                resting.keep(session);
            } else {
                resting.forget(key);
            }
            return null;
        });
    }

    /** Lets go of what was kept long enough; otherwise that happens when a session is used the next time. */
    public void cleanUp() {
        resting.cleanUp();
        locals.cleanUp();
    }

    /** The application is going, and the classes of its objects with it. */
    public void forgetAll() {
        resting.clear();
    }

    /** How many have objects here, in use or not. */
    public int resting() {
        return resting.size();
    }

    /** How many are in use. */
    public int size() {
        return used.size();
    }
}
