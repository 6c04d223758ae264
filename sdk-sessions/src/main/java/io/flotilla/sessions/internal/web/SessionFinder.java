package io.flotilla.sessions.internal.web;

import io.flotilla.sessions.internal.live.LiveSession;
import io.flotilla.sessions.internal.store.SessionRepository.Opened;
import io.flotilla.sessions.internal.wire.OpenReply;
import org.jspecify.annotations.Nullable;

/** Asks the owner for a session. */
final class SessionFinder {

    /**
     * The answer.
     *
     * @param session null if there is none under this id
     * @param rotated whether there is none because it has another id since a moment ago
     */
    record Found(@Nullable ClusterSession session, boolean rotated) {}

    private SessionFinder() {}

    /** Whoever gets a session leaves it in the end. */
    static Found find(SessionScope scope, SessionId id) {
        LiveSession live = scope.lives().join(id.key());
        ClusterSession session = null;
        try {
            long ticket = live.ticket();
            Opened answer = scope.repository().open(id.key(), id.hash(scope.application()));
            if (answer.reply().found()) {
                live.refresh(answer, ticket);
                session = ClusterSession.opened(scope, live, id, answer.reply().lastAccessed());
            }
            return new Found(session, answer.reply().status() == OpenReply.Status.ROTATED);
        } finally {
            if (session == null) {
                scope.lives().leaveForGood(live);
            }
        }
    }
}
