package io.flotilla.sessions.internal.web;

import io.flotilla.sessions.internal.live.LiveSession;

/**
 * A session in a container of Servlet 6.1, where the application may come back to it outside of a request. A class of its
 * own, since whoever looks at its methods needs a type that 6.0 does not have, and expression languages do look.
 */
final class AccessibleSession extends ClusterSession {
    AccessibleSession(
            SessionScope scope,
            SessionEvents events,
            LiveSession live,
            SessionId id,
            boolean isNew,
            long lastAccessed) {
        super(scope, events, live, id, isNew, lastAccessed);
    }

    @Override
    public Accessor getAccessor() {
        if (!isValid()) {
            throw new IllegalStateException("the session was invalidated");
        }
        return new SessionAccessor(scope(), id());
    }
}
