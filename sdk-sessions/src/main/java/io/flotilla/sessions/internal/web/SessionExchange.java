package io.flotilla.sessions.internal.web;

import io.flotilla.ClusterUnavailableException;
import io.flotilla.sessions.internal.web.SessionTracking.Requested;
import io.flotilla.spi.Deadline;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request and its session, over all dispatches: finds the session when it is first asked for, and commits it before
 * the first byte of the response can reach the client.
 */
final class SessionExchange {
    private static final Logger log = LoggerFactory.getLogger(SessionExchange.class);
    private static final int RETRY_AFTER_SECONDS = 2;
    private static final String CALLER = SessionExchange.class.getName();
    /** For applications that share no class with the caller. */
    private static final String ASKED_FOR = CALLER + ".uri";

    private final SessionScope scope;
    private final SessionTracking tracking;
    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final Requested requested;
    /** The application that was called first, and what the client asked it for; null if that is this one. */
    private final @Nullable SessionExchange caller;

    private final @Nullable String askedFor;
    private final boolean exclusive;

    private boolean underWay; // guarded by this, as all below
    private boolean looked;
    private boolean rotated;
    private @Nullable SessionId opened;
    private @Nullable ClusterSession session;
    private @Nullable SessionId announced;
    private boolean old; // whether the client may soon drop the cookie that it came with
    private boolean abandoned;
    private boolean asyncWithOriginals;
    private @Nullable Deadline waitingUntil;
    private @Nullable SessionTurn turn;
    private boolean turnIsOver; // the session comes back with the next one only

    private SessionExchange(
            SessionScope scope,
            SessionTracking tracking,
            HttpServletRequest request,
            HttpServletResponse response,
            @Nullable SessionExchange caller,
            @Nullable String askedFor) {
        this.scope = scope;
        this.tracking = tracking;
        this.request = request;
        this.response = response;
        this.requested = tracking.requested(request);
        this.caller = caller;
        this.askedFor = askedFor;
        this.exclusive = caller == null ? scope.turns().isFor(request) : caller.exclusive;
    }

    /**
     * For a request that has come from a client, or from another web application of this server, which includes this one's
     * response or forwards to it. The request and response that are kept are the container's own, below the wrappers.
     */
    static SessionExchange of(
            SessionScope scope, SessionTracking tracking, HttpServletRequest request, HttpServletResponse response) {
        String askedFor = request.getAttribute(ASKED_FOR) instanceof String uri ? uri : null;
        if (request.getAttribute(CALLER) instanceof SessionExchange caller) {
            return new SessionExchange(scope, tracking, caller.request, caller.response, caller, askedFor);
        }
        SessionExchange first = new SessionExchange(scope, tracking, request, response, null, askedFor);
        request.setAttribute(CALLER, first);
        if (askedFor == null) {
            request.setAttribute(ASKED_FOR, request.getRequestURI());
        }
        return first;
    }

    /** The session, or null if there is none and none is to be created. */
    @Nullable
    ClusterSession session(boolean create) {
        ClusterSession created;
        synchronized (this) {
            ClusterSession present = current();
            if (present != null || !create) {
                return present;
            }
            created = begun();
        }
        created.tellBegin(); // not under the lock: a listener may wait for another thread of this request
        return created;
    }

    private ClusterSession begun() {
        if (!underWay) {
            throw new IllegalStateException(
                    "a session cannot be created after its request is over: it would not be stored");
        }
        if (tracking.isInHeaders(requested) && response.isCommitted()) {
            throw new IllegalStateException(
                    "a session cannot be created after the response is committed: its id could not be sent");
        }
        if (session != null) {
            session.leave();
        }
        ClusterSession created =
                rotated || isOutOfReach() ? ClusterSession.detached(scope) : ClusterSession.fresh(scope);
        session = created;
        return created;
    }

    /** Whether the client, which called another application, cannot have told of this one's session, nor learn of it. */
    private boolean isOutOfReach() {
        return askedFor != null && !tracking.reaches(askedFor, requested);
    }

    private @Nullable ClusterSession current() {
        if (!looked) {
            find();
            looked = true;
        } else if (turnIsOver && underWay) {
            takeTurnAgain();
        }
        return session != null && session.isValid() ? session : null;
    }

    private void find() {
        for (SessionId id : requested.candidates()) {
            SessionFinder.Found found = find(id);
            rotated |= found.rotated();
            if (found.session() != null) {
                session = found.session();
                turn = found.turn();
                if (!underWay) {
                    found.session().leave(); // nobody else will: it can be read
                }
                opened = id;
                announced = id;
                old = tracking.isOld(requested, id, found.session().created());
                rotated = false;
                return;
            }
        }
    }

    /** What an abandoned request does is not stored, nor what is done when it is over: it has nothing to wait for. */
    private SessionFinder.Found find(SessionId id) {
        if (!exclusive || abandoned || !underWay) {
            return SessionFinder.find(scope, id);
        }
        Deadline deadline = waitingUntil == null ? scope.turns().deadline() : waitingUntil;
        waitingUntil = deadline; // if it is too late the next question is not to wait as long again
        return SessionFinder.findInTurn(scope, id, deadline);
    }

    private void takeTurnAgain() {
        turnIsOver = false;
        ClusterSession present = session;
        if (present == null) {
            return;
        }
        if (present.isValid() && !abandoned) {
            turn = SessionFinder.again(scope, present);
        } else {
            present.comeBack();
        }
    }

    /** Whether the id that the client sent is a living session's. */
    synchronized boolean isRequestedValid() {
        ClusterSession present = current();
        return present != null && opened != null && present.id().key().equals(opened.key());
    }

    /** The id that the client sent; of several the living session's. Null if it sent none. */
    synchronized @Nullable String requestedId() {
        List<SessionId> candidates = requested.candidates();
        if (candidates.isEmpty()) {
            return requested.text();
        }
        if (candidates.size() > 1) {
            current();
        }
        return (opened == null ? candidates.get(0) : opened).value();
    }

    Requested requested() {
        return requested;
    }

    /** A link with the session's id in it, if the client needs that and there is a session. */
    String encode(String link) {
        if (!tracking.isInLinks(requested)) {
            return link;
        }
        ClusterSession present = session(false);
        return present == null ? link : tracking.encode(link, present.id(), request);
    }

    /** Whether a request was wrapped for this exchange, if in many layers. */
    boolean isIn(ServletRequest wrapped) {
        ServletRequest each = wrapped;
        while (each instanceof ServletRequestWrapper wrapper) {
            if (each instanceof SessionRequest ours && ours.exchange() == this) {
                return true;
            }
            each = wrapper.getRequest();
        }
        return false;
    }

    /** Gives the session a new id and returns it. */
    String changeId() {
        return changeable().changeId().value(); // tells listeners, which may wait for another thread of this request
    }

    private synchronized ClusterSession changeable() {
        ClusterSession present = current();
        if (present == null) {
            throw new IllegalStateException("there is no session whose id could be changed");
        }
        if (response.isCommitted()) {
            throw new IllegalStateException(
                    "the session's id cannot be changed after the response is committed: the client would not learn it");
        }
        return present;
    }

    /**
     * Stores the session's changes and sets its cookie. Called before the response is committed, by whatever way, and at
     * the end of each dispatch; costs nothing when nothing has changed.
     */
    void commit() {
        ClusterSession present;
        boolean away;
        synchronized (this) {
            present = abandoned ? null : session;
            away = turnIsOver;
        }
        if (present != null && !away) {
            present.commit(); // not under the lock: the application's serialization may wait for another of its threads
        }
        if (present != null) {
            announce(present);
        }
        if (caller != null) {
            caller.commit();
        }
    }

    private synchronized void announce(ClusterSession present) {
        if (!present.wantsCookie() || response.isCommitted()) {
            return;
        }
        SessionId id = present.id();
        if (!present.isValid()) {
            if (announced != null && tracking.sendEnd(requested, response)) {
                announced = null;
            }
        } else if ((isNews(id) || isToBeSentAnew(id)) && tracking.send(requested, id, request.isSecure(), response)) {
            announced = id;
            old = false;
        }
    }

    private boolean isNews(SessionId id) {
        return announced == null || !announced.value().equals(id.value());
    }

    /** Not if another request has changed the id meanwhile: its cookie, the new login's, must stay. */
    private boolean isToBeSentAnew(SessionId id) {
        if (!old) {
            return false;
        }
        old = false;
        try {
            return scope.repository()
                    .open(id.key(), id.hash(scope.application()))
                    .reply()
                    .found();
        } catch (ClusterUnavailableException another) {
            log.debug("a cookie is not sent anew: its session's owner does not answer", another);
            return false;
        }
    }

    /**
     * The commit at the end of a dispatch. If it fails the request has failed, and nothing tries to store its changes once
     * more: an error page would fail as well.
     */
    void commitAtLast() {
        try {
            commit();
        } catch (RuntimeException failure) {
            if (abandon()) {
                throw failure;
            } // else another thread of this request has met the same, and told of it
        }
    }

    private synchronized boolean abandon() {
        boolean first = !abandoned;
        abandoned = true;
        return first;
    }

    /** Whether an asynchronous cycle got the request and response that the application has from us. */
    synchronized void asyncStarted(boolean withOriginals) {
        asyncWithOriginals = withOriginals;
    }

    synchronized boolean isAsyncWithOriginals() {
        return asyncWithOriginals;
    }

    /** The request has failed: the container may clear the response's headers before it answers. */
    synchronized void keepCookie() {
        SessionId sent = announced;
        if (sent != null && sent != opened && !response.isCommitted()) {
            tracking.keep(requested, sent, request.isSecure(), response);
        }
    }

    /** The response's headers were taken back, and the session's cookie with them. */
    synchronized void forgetCookie() {
        announced = opened;
    }

    static boolean isOutage(Throwable failure) {
        return outage(failure) != null;
    }

    private static @Nullable ClusterUnavailableException outage(Throwable failure) {
        for (@Nullable Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof ClusterUnavailableException outage) {
                return outage;
            }
        }
        return null;
    }

    /** Answers 503 if the request failed for want of an owner's answer and nothing has been sent; returns whether it did. */
    synchronized boolean answerOutage(Throwable failure) throws IOException {
        ClusterUnavailableException outage = outage(failure);
        if (outage == null || response.isCommitted()) {
            return false;
        }
        log.debug("a session could not be reached", failure);
        scope.repository()
                .outageLines()
                .now()
                .ifPresent(leftOut -> log.warn(
                        "a session could not be reached, the request is answered 503: {}; {} more since the last such line",
                        outage.getMessage(),
                        leftOut));
        abandoned = true;
        response.reset(); // a cache must not take the headers of the page that failed for this answer's
        response.setHeader("Retry-After", Integer.toString(RETRY_AFTER_SECONDS));
        response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        return true;
    }

    /** Answers a request whose session could not be stored where no filter is left to do so. */
    synchronized void answerFailure(RuntimeException failure) {
        try {
            if (!answerOutage(failure) && !response.isCommitted()) {
                response.reset();
                response.sendError(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
            }
        } catch (IOException second) {
            failure.addSuppressed(second);
        }
    }

    /**
     * Begins the request, or begins it again after its end: containers show error pages when the filters are through.
     *
     * @return false if it is under way: this is a dispatch within it
     */
    synchronized boolean begin() {
        if (underWay) {
            return false;
        }
        underWay = true;
        if (session != null && !turnIsOver) {
            session.comeBack();
        }
        return true;
    }

    /** The request is over: if nobody asked for the session, its access is noted all the same. */
    void finish() {
        ClusterSession present;
        SessionTurn had;
        boolean unasked;
        boolean failed;
        synchronized (this) {
            underWay = false;
            present = session;
            had = turn;
            turn = null;
            turnIsOver |= had != null;
            unasked = !looked;
            failed = abandoned;
        }
        try {
            leave(present, failed);
        } finally {
            if (had != null) {
                had.leave();
            }
        }
        if (unasked) {
            for (SessionId id : requested.candidates()) {
                scope.repository().touch(id.key(), id.hash(scope.application()));
            }
        }
    }

    private static void leave(@Nullable ClusterSession session, boolean failed) {
        if (session != null && failed) {
            session.giveUp();
        }
        if (session != null) {
            session.leave(); // not under the lock: tells listeners of the end of a session that was never stored
        }
    }
}
