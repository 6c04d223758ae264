package io.flotilla.sessions.internal.web;

import io.flotilla.ClusterUnavailableException;
import io.flotilla.sessions.internal.live.Draft;
import io.flotilla.sessions.internal.live.LiveSession;
import io.flotilla.sessions.internal.live.Slot;
import io.flotilla.sessions.internal.store.Changes;
import io.flotilla.sessions.internal.store.PrincipalMove;
import io.flotilla.sessions.internal.wire.AttributeValue;
import io.flotilla.sessions.internal.wire.Birth;
import io.flotilla.sessions.internal.wire.CommitReply;
import io.flotilla.sessions.internal.wire.HeadChange;
import io.flotilla.sessions.internal.wire.NewId;
import io.flotilla.sessions.internal.wire.StoredAttribute;
import io.flotilla.sessions.internal.wire.Version;
import io.flotilla.spi.Deadline;
import jakarta.servlet.http.HttpSession;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Stores what a request has changed, again and again on top of what others store meanwhile until it fits. Values are
 * serialized and merged between two attempts; while one is under way, with the session's other commits of this member
 * waiting, no code of the application runs.
 */
final class SessionCommit {
    private final HttpSession session;
    private final SessionScope scope;
    private final LiveSession live;
    private final AttributeView attributes;
    private final long turn;
    private final Conflicts conflicts;
    private @Nullable NewId newId; // null when it is stored
    private @Nullable Version seen;
    private boolean looked;
    private boolean idRefused;

    SessionCommit(
            HttpSession session,
            SessionScope scope,
            LiveSession live,
            AttributeView attributes,
            @Nullable NewId newId,
            long turn) {
        this.session = session;
        this.scope = scope;
        this.live = live;
        this.attributes = attributes;
        this.newId = newId;
        this.turn = turn;
        this.conflicts = new Conflicts(scope, live, attributes);
    }

    /** Whether the owner has left out the new id: another request has changed it since this one came. */
    boolean isIdRefused() {
        return idRefused;
    }

    void run() {
        Deadline deadline = scope.repository().deadline();
        while (live.isValid()) {
            Set<Slot> written = attributes.written();
            List<Draft.Encoded> changes = attributes.changes(session, written);
            if (isNothing(changes) || isOver(scope.repository().inTurn(live.key(), () -> attempt(changes)), changes)) {
                attributes.settled(written);
                return;
            }
            if (deadline.passed()) {
                throw new ClusterUnavailableException(
                        "other requests kept changing a session for as long as one call to its owner may take", null);
            }
        }
    }

    private boolean isNothing(List<Draft.Encoded> changes) {
        return changes.isEmpty() && newId == null && !live.isNew() && live.changedTimeout() == null;
    }

    /** Null if another request of this member has stored some of it meanwhile. */
    private @Nullable CommitReply attempt(List<Draft.Encoded> changes) {
        if (!live.isValid() || !live.send(changes)) {
            return null;
        }
        Integer timeout = live.changedTimeout();
        CommitReply reply = scope.repository()
                .commit(
                        live.key(),
                        new Changes(
                                new HeadChange(birth(), timeout, newId),
                                seen == null ? live.version() : seen,
                                changes.stream().map(Draft.Encoded::change).toList(),
                                move(changes),
                                turn));
        if (isStored(reply)) {
            looked = live.applied(changes, timeout, reply);
            idRefused |= reply.isIdRefused();
            newId = null;
            scope.metrics().stored(live.sizeWith(List.of()));
            scope.repository().remember(live.key(), live.snapshot());
        }
        return reply;
    }

    private @Nullable Birth birth() {
        return live.isNew() ? new Birth(scope.application(), live.created(), scope.lifetimeSeconds()) : null;
    }

    /** One attribute at most says whose the session is. */
    private static PrincipalMove move(List<Draft.Encoded> changes) {
        return changes.stream()
                .map(SessionCommit::move)
                .filter(each -> !each.equals(PrincipalMove.NONE))
                .findFirst()
                .orElse(PrincipalMove.NONE);
    }

    private static PrincipalMove move(Draft.Encoded change) {
        StoredAttribute before = change.draft().base();
        AttributeValue after = change.value();
        return PrincipalMove.of(
                before == null ? null : before.value().principal(), after == null ? null : after.principal());
    }

    private static boolean isStored(CommitReply reply) {
        return switch (reply.status()) {
            case APPLIED, REPEATED -> true;
            case CONFLICT, GONE, UNAVAILABLE, OUT_OF_TURN -> false;
        };
    }

    private boolean isOver(@Nullable CommitReply reply, List<Draft.Encoded> changes) {
        if (reply == null) {
            return false;
        }
        return switch (reply.status()) {
            case APPLIED, REPEATED -> !looked;
            case CONFLICT -> {
                seen = reply.version();
                conflicts.resolve(changes, reply.conflicts());
                yield false;
            }
            case GONE, UNAVAILABLE, OUT_OF_TURN -> {
                // Ended by another request meanwhile: as in a container, this request's changes go with it.
                boolean unused = live.beginEnd();
                attributes.discard(session);
                live.end();
                yield true;
            }
        };
    }
}
