package io.flotilla.sessions.internal.web;

import jakarta.servlet.http.HttpSession;
import java.util.function.Consumer;

/**
 * The way back to a session outside of a request: each use is an access to the session like a request, and what it changes
 * is stored when it ends.
 */
record SessionAccessor(SessionScope scope, SessionId id) implements HttpSession.Accessor {

    @Override
    public void access(Consumer<HttpSession> use) {
        ClusterSession session = SessionFinder.find(scope, id).session();
        if (session == null) {
            throw new IllegalStateException("the session has ended or has another id now");
        }
        try {
            try {
                use.accept(session);
            } finally {
                session.commit();
            }
        } finally {
            session.leave();
        }
    }

    /** Gives nothing away. */
    @Override
    public String toString() {
        return "SessionAccessor[" + id + "]";
    }
}
