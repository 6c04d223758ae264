package io.flotilla.sessions.internal.live;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of one application on this member: those that requests are using just now, and the objects of some that were
 * used lately. Thread-safe.
 */
public final class LiveSessions {
    private final ConcurrentHashMap<String, InUse> used = new ConcurrentHashMap<>();
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

    /**
     * The session of that key, shared with all requests of the same kind that use it; to be {@linkplain #leave left} by each.
     *
     * @param turn whether the request has a turn with the session, or wants it
     */
    public LiveSession join(String key, boolean turn) {
        return join(key, turn, null);
    }

    /** A new session, not stored yet. */
    public LiveSession begin(String key, long created, int maxInactiveSeconds) {
        return join(LiveSession.fresh(key, created, maxInactiveSeconds), false);
    }

    /** This session, or one that has taken its place since it was left. */
    public LiveSession join(LiveSession session, boolean turn) {
        return join(session.key(), turn, session);
    }

    private LiveSession join(String key, boolean turn, @Nullable LiveSession before) {
        InUse now = used.compute(
                key, (same, present) -> joined(key, turn, before, present == null ? InUse.NOBODY : present));
        return requireNonNull(now.by(turn));
    }

    private InUse joined(String key, boolean turn, @Nullable LiveSession before, InUse present) {
        LiveSession same = present.by(turn);
        LiveSession joined = same != null && mayJoin(same, before) ? same : entering(key, before, present.by(!turn));
        if (same != null && same.isValid() && !joined.equals(same)) {
            joined.follow(joined.locals(), same.locals());
        }
        joined.enter();
        return present.with(turn, joined);
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

    /** What no request of the other kind uses. */
    private LiveSession entering(String key, @Nullable LiveSession before, @Nullable LiveSession other) {
        LiveSession rested = resting.get(key);
        Map<String, Object> kept = other == null ? locals.take(key) : other.locals();
        if (rested != null && !rested.equals(other) && rested.isValid() && rested.isFitForMore()) {
            if (other != null) {
                rested.follow(rested.locals(), kept);
            }
            return rested;
        }
        LiveSession session = before == null ? LiveSession.maybe(key) : back(before, other);
        session.follow(Map.of(), kept);
        return session;
    }

    /** A copy if requests of the other kind have its objects, or another request may have left in them what it could not store. */
    private static LiveSession back(LiveSession before, @Nullable LiveSession other) {
        return before.equals(other) || !before.isFitForMore() ? before.copy() : before;
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
        used.compute(session.key(), (key, present) -> {
            boolean last = session.exit();
            return present != null && last && present.has(session) ? left(session, present, exists) : present;
        });
    }

    private @Nullable InUse left(LiveSession session, InUse present, boolean exists) {
        LiveSession other = present.besides(session);
        if (session.isValid()) {
            if (other == null) {
                locals.keep(session.key(), session.locals());
            } else {
                other.follow(present.locals(), session.locals());
            }
        }
        if (exists) {
            resting.keep(session);
        } else {
            resting.forget(session.key());
        }
        return other == null ? null : present.without(session);
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

    /** Of how many keys there are some in use. */
    public int size() {
        return used.size();
    }
}
