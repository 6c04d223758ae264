package io.flotilla.sessions.internal.web;

import io.flotilla.ClusterUnavailableException;
import io.flotilla.sessions.internal.live.LiveSession;
import io.flotilla.sessions.internal.store.SessionRepository.Opened;
import io.flotilla.sessions.internal.wire.OpenReply;
import io.flotilla.sessions.internal.wire.SecretHash;
import io.flotilla.spi.Deadline;
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
            Opened answer = open(scope, id, live);
            if (answer.reply().found()) {
                session = ClusterSession.opened(scope, live, id, answer.reply().lastAccessed());
            }
            return new Found(session, answer.reply().status() == OpenReply.Status.ROTATED);
        } finally {
            if (session == null) {
                scope.lives().leaveForGood(live);
            }
        }
    }

    /** Once more if a neighbour's commit has overtaken the answer, which says too little then. */
    private static Opened open(SessionScope scope, SessionId id, LiveSession live) {
        Deadline deadline = scope.repository().deadline();
        SecretHash hash = id.hash(scope.application());
        while (true) {
            long ticket = live.ticket();
            Opened answer = scope.repository().open(id.key(), hash);
            if (!answer.reply().found() || live.refresh(answer, ticket)) {
                return answer;
            }
            if (deadline.passed()) {
                throw new ClusterUnavailableException(
                        "other requests kept changing a session for as long as one call to its owner may take", null);
            }
        }
    }
}
