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
     * @param status what the owner said
     * @param turn the exclusive request's, which whoever gets the session leaves in the end; null for any other
     */
    record Found(
            @Nullable ClusterSession session,
            OpenReply.Status status,
            @Nullable SessionTurn turn) {
        /** Whether there is none because it has another id since a moment ago. */
        boolean rotated() {
            return status == OpenReply.Status.ROTATED;
        }
    }

    private SessionFinder() {}

    /** Whoever gets a session leaves it in the end. */
    static Found find(SessionScope scope, SessionId id) {
        return look(scope, id, null);
    }

    /** Waits until it is the request's turn with the session. */
    static Found findInTurn(SessionScope scope, SessionId id, Deadline deadline) {
        SessionTurn turn = scope.turns().enter(id.key(), deadline);
        boolean found = false;
        try {
            Found answer = look(scope, id, turn);
            while (answer.status() == OpenReply.Status.BUSY) {
                turn.pause();
                answer = look(scope, id, turn);
            }
            found = answer.session() != null;
            return answer;
        } finally {
            if (!found) {
                turn.leave();
            }
        }
    }

    /**
     * Waits until it is the turn of a request that goes on after its end, with an error page say.
     *
     * @return the turn, null if the session has ended
     */
    static @Nullable SessionTurn again(SessionScope scope, ClusterSession session) {
        SessionTurn turn = scope.turns().enter(session.id().key(), scope.turns().deadline());
        boolean found = false;
        try {
            session.comeBack(); // not before: the request that was the head may have failed with the objects
            OpenReply answer = session.refresh(turn);
            while (answer.status() == OpenReply.Status.BUSY) {
                turn.pause();
                answer = session.refresh(turn);
            }
            found = answer.found();
            return found ? turn : null;
        } finally {
            if (!found) {
                turn.leave();
            }
        }
    }

    /** Joins those who use the session here only when it is found: objects of a failed request are nothing to wait for. */
    private static Found look(SessionScope scope, SessionId id, @Nullable SessionTurn turn) {
        LiveSession live = scope.lives().join(id.key(), turn != null);
        ClusterSession session = null;
        boolean busy = false;
        try {
            Opened answer = open(scope, id, live, turn);
            busy = answer.reply().status() == OpenReply.Status.BUSY;
            if (answer.reply().found()) {
                session = opened(scope, live, id, answer, turn);
            }
            return new Found(session, answer.reply().status(), session == null ? null : turn);
        } finally {
            if (busy) {
                scope.lives().leave(live);
            } else if (session == null) {
                scope.lives().leaveForGood(live);
            }
        }
    }

    private static ClusterSession opened(
            SessionScope scope, LiveSession live, SessionId id, Opened answer, @Nullable SessionTurn turn) {
        long lastAccessed = turn == null ? answer.reply().lastAccessed() : turn.lastAccessed();
        ClusterSession session = ClusterSession.opened(scope, live, id, lastAccessed);
        if (turn != null) {
            session.inTurn(turn);
        }
        return session;
    }

    /** Once more if a neighbour's commit has overtaken the answer, which says too little then. */
    static Opened open(SessionScope scope, SessionId id, LiveSession live, @Nullable SessionTurn turn) {
        Deadline deadline = scope.repository().deadline();
        SecretHash hash = id.hash(scope.application());
        while (true) {
            long ticket = live.ticket();
            Opened answer = turn == null ? scope.repository().open(id.key(), hash) : turn.open(hash);
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
