package io.flotilla.sessions.internal.web;

import io.flotilla.sessions.internal.live.LiveSession;
import jakarta.servlet.http.HttpSession;

/**
 * A session in a container of Servlet 6.1, where the application may come back to it outside of a request. A class of its
 * own, since whoever looks at its methods needs a type that 6.0 does not have, and expression languages do look.
 */
final class AccessibleSession extends ClusterSession {
    private static final boolean POSSIBLE = isPossible();

    AccessibleSession(
            SessionScope scope,
            SessionEvents events,
            LiveSession live,
            SessionId id,
            boolean isNew,
            long lastAccessed) {
        super(scope, events, live, id, isNew, lastAccessed);
    }

    private static boolean isPossible() {
        try {
            HttpSession.class.getMethod("getAccessor");
            return true;
        } catch (NoSuchMethodException older) {
            return false;
        }
    }

    static ClusterSession of(
            SessionScope scope,
            SessionEvents events,
            LiveSession live,
            SessionId id,
            boolean isNew,
            long lastAccessed) {
        return POSSIBLE
                ? new AccessibleSession(scope, events, live, id, isNew, lastAccessed)
                : new ClusterSession(scope, events, live, id, isNew, lastAccessed);
    }

    @Override
    public Accessor getAccessor() {
        if (!isValid()) {
            throw new IllegalStateException("the session was invalidated");
        }
        return new SessionAccessor(scope(), id());
    }
}
