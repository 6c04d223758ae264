package io.flotilla.sessions.internal.store;

import io.flotilla.ClusterUnavailableException;
import io.flotilla.sessions.internal.wire.Commit;
import io.flotilla.sessions.internal.wire.CommitReply;
import io.flotilla.sessions.internal.wire.OpenReply;
import io.flotilla.sessions.internal.wire.SecretHash;
import io.flotilla.sessions.internal.wire.Version;
import io.flotilla.spi.Deadline;
import io.flotilla.spi.Seldom;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The owners of sessions as requests on this member see them: opens over the local snapshots, and commits that leave this
 * member one after the other for each session, so that their sequence numbers mean something. Thread-safe.
 */
public final class SessionRepository {
    private static final Duration OUTAGE_LINES = Duration.ofMinutes(1);

    private final SessionStore store;
    private final Turns turns;
    private final Snapshots snapshots;
    private final SessionsMetrics metrics;
    private final Touches touches;
    private final Seldom outageLines;
    private final KeyedLocks locks;
    private final Duration patience;
    private final LongSupplier ticker;
    private final AtomicLong sequence = new AtomicLong();
    private final long writer = new SecureRandom().nextLong();
    private final PrincipalMoves principals;
    private volatile boolean leaving;

    public SessionRepository(
            SessionStore store, Snapshots snapshots, SessionsMetrics metrics, Duration patience, LongSupplier ticker) {
        this(store, PrincipalMoves.UNHEARD, snapshots, metrics, patience, ticker);
    }

    public SessionRepository(
            SessionStore store,
            PrincipalMoves principals,
            Snapshots snapshots,
            SessionsMetrics metrics,
            Duration patience,
            LongSupplier ticker) {
        this.store = store;
        this.turns = new Turns(store);
        this.principals = principals;
        this.snapshots = snapshots;
        this.metrics = metrics;
        this.locks = new KeyedLocks(patience);
        this.patience = patience;
        this.ticker = ticker;
        this.touches = new Touches(ticker);
        this.outageLines = new Seldom(OUTAGE_LINES, ticker);
    }

    /** How often the log may tell of requests that are answered 503: in an outage that may be all. */
    public Seldom outageLines() {
        return outageLines;
    }

    /** A session as OPEN found it: the owner's answer, and the attributes it stands for. */
    public record Opened(OpenReply reply, Snapshot snapshot) {}

    public Opened open(String key, SecretHash secretHash) {
        return opened(key, known -> store.open(key, secretHash, known));
    }

    /**
     * The same for a request that has to be the session's only exclusive one. If the session is found it is the request's
     * turn, until it is {@linkplain #giveTurnBack given back}.
     *
     * @param last whether the request does not ask again if it is told to wait
     */
    public Opened openInTurn(String key, SecretHash secretHash, long token, boolean last) {
        try {
            Opened opened = opened(key, known -> store.openInTurn(key, secretHash, known, token, last));
            if (opened.reply().found()) {
                turns.begin(key, token, opened.reply().turn());
            }
            return opened;
        } catch (ClusterUnavailableException unknown) {
            turns.end(key, token); // only the answer may have been lost
            throw unknown;
        }
    }

    /** The request that had this turn is over. */
    public void giveTurnBack(String key, long token) {
        turns.end(key, token);
    }

    /** The turns of the requests that run here, to be renewed while they last. */
    public Turns turns() {
        return turns;
    }

    private Opened opened(String key, Function<Version, OpenReply> ask) {
        requireStaying();
        Snapshot known = snapshots.get(key);
        OpenReply reply = metrics.timed("open", OpenReply::status, () -> ask.apply(known.version()));
        if (reply.status() == OpenReply.Status.UNAVAILABLE) {
            throw absent();
        }
        if (!reply.found()) {
            return new Opened(reply, Snapshot.EMPTY);
        }
        Snapshot current = known.updatedBy(reply);
        if (reply.status() != OpenReply.Status.NOT_MODIFIED) {
            snapshots.put(key, current);
        }
        return new Opened(reply, current);
    }

    /**
     * Does one piece of work for a session while no other thread of this member does any for the same one, so that its
     * commits leave in the order of their numbers. The work must not run code of the application.
     */
    public <R extends @Nullable Object> R inTurn(String key, Supplier<R> work) {
        return locks.locked(key, work);
    }

    /**
     * Sends what a request changed to the owner, under a number of its own. Called {@link #inTurn in turn}.
     *
     * @return the owner's answer: applied, or in conflict with what others stored meanwhile, or gone
     */
    public CommitReply commit(String key, Changes wanted) {
        requireStaying();
        principals.before(key, wanted.move());
        Commit commit = wanted.as(writer, sequence.incrementAndGet());
        CommitReply reply = metrics.timed("commit", CommitReply::status, () -> store.commit(key, commit));
        switch (reply.status()) {
            case UNAVAILABLE -> throw absent();
            case GONE -> snapshots.forget(key);
            case APPLIED, REPEATED -> principals.after(key, wanted.move());
            case OUT_OF_TURN -> throw outOfTurn();
            case CONFLICT -> {}
        }
        return reply;
    }

    /** Keeps what is known of a session, so that its owner need not send it again. */
    public void remember(String key, @Nullable Snapshot snapshot) {
        if (snapshot != null) {
            snapshots.put(key, snapshot);
        }
    }

    private static ClusterUnavailableException absent() {
        return new ClusterUnavailableException(
                "a session is absent where sessions were lost a moment ago; it may come back, or will be taken for gone in"
                        + " a minute",
                null);
    }

    private static ClusterUnavailableException outOfTurn() {
        return new ClusterUnavailableException(
                "it is no longer the turn of an exclusive request, whose node stood still or was cut off for a while, and"
                        + " nothing of what it has changed since is stored",
                null);
    }

    /** Until when a request that begins now may try to store its changes. */
    public Deadline deadline() {
        return Deadline.in(patience, ticker);
    }

    /** Ends a session at once, for all members; see {@link SessionStore#invalidate}. */
    public boolean invalidate(String key, long operation) {
        requireStaying();
        snapshots.forget(key);
        boolean alive = metrics.timed(
                "invalidate", each -> each ? Ended.ALIVE : Ended.GONE, () -> store.invalidate(key, operation));
        if (alive) {
            metrics.invalidated();
        }
        return alive;
    }

    /** Ends a session whose client never gets its id, without waiting for it; see {@link SessionStore#abandon}. */
    public void abandon(String key, long operation) {
        store.abandon(key, operation);
    }

    private enum Ended {
        ALIVE,
        GONE
    }

    /** Notes an access without waiting for it. */
    public void touch(String key, SecretHash secretHash) {
        if (!leaving && touches.isDue(key)) {
            store.touch(key, secretHash);
        }
    }

    /** Lets go of what is kept for a while only, and has been; otherwise that happens when it is used the next time. */
    public void cleanUp() {
        snapshots.cleanUp();
        touches.cleanUp();
    }

    /** Refuses everything from now on. */
    public void leave() {
        leaving = true;
    }

    private void requireStaying() {
        if (leaving) {
            throw new ClusterUnavailableException(
                    "this node is leaving the cluster and takes no more requests; another one will answer", null);
        }
    }
}
