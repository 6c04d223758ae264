package io.flotilla.sessions.internal.store;

import io.flotilla.ClusterUnavailableException;
import io.flotilla.sessions.internal.wire.AttributeChange;
import io.flotilla.sessions.internal.wire.AttributeValue;
import io.flotilla.sessions.internal.wire.Commit;
import io.flotilla.sessions.internal.wire.CommitReply;
import io.flotilla.sessions.internal.wire.HeadChange;
import io.flotilla.sessions.internal.wire.OpenReply;
import io.flotilla.sessions.internal.wire.StoredAttribute;
import io.flotilla.sessions.internal.wire.Version;
import io.flotilla.spi.Seldom;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What requests on this member ask for: opens sessions over the local snapshots, and commits with the merge of concurrent
 * changes. Commits of one session leave this member one after the other, so that their sequence numbers mean something.
 * Thread-safe.
 */
public final class SessionRepository {
    private static final Duration OUTAGE_LINES = Duration.ofMinutes(1);

    private final SessionStore store;
    private final Snapshots snapshots;
    private final SessionsMetrics metrics;
    private final Touches touches;
    private final Seldom outageLines;
    private final KeyedLocks locks;
    private final AtomicLong sequence = new AtomicLong();
    private final long writer = new SecureRandom().nextLong();
    private volatile boolean leaving;

    public SessionRepository(
            SessionStore store, Snapshots snapshots, SessionsMetrics metrics, Duration patience, LongSupplier ticker) {
        this.store = store;
        this.snapshots = snapshots;
        this.metrics = metrics;
        this.locks = new KeyedLocks(patience);
        this.touches = new Touches(ticker);
        this.outageLines = new Seldom(OUTAGE_LINES, ticker);
    }

    /** How often the log may tell of requests that are answered 503: in an outage that may be all. */
    public Seldom outageLines() {
        return outageLines;
    }

    /** A session as OPEN found it: the owner's answer, and the attributes it stands for. */
    public record Opened(OpenReply reply, Snapshot snapshot) {}

    /**
     * What a request wants to store.
     *
     * @param head what changes besides the attributes
     * @param base the attributes that the request saw
     * @param changes what it changed of them
     */
    public record Changes(HeadChange head, Snapshot base, List<AttributeChange> changes) {}

    public Opened open(String key, byte[] secretHash) {
        requireStaying();
        Snapshot known = snapshots.get(key);
        OpenReply reply = metrics.timed("open", OpenReply::status, () -> store.open(key, secretHash, known.version()));
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
     * Stores what a request changed; repeats it on top of what other requests stored meanwhile until it fits.
     *
     * @return the attributes as they are known now, or null if the session is gone and nothing was stored
     */
    public @Nullable Snapshot commit(String key, Changes wanted) {
        requireStaying();
        return locks.locked(key, () -> commitInTurn(key, wanted));
    }

    private @Nullable Snapshot commitInTurn(String key, Changes wanted) {
        Commit commit = new Commit(
                writer, sequence.incrementAndGet(), wanted.base().version(), wanted.head(), wanted.changes());
        while (true) {
            Commit sent = commit;
            CommitReply reply = metrics.timed("commit", CommitReply::status, () -> store.commit(key, sent));
            switch (reply.status()) {
                case CONFLICT ->
                    commit = sent.with(
                            sequence.incrementAndGet(),
                            reply.version(),
                            rebase(wanted.base(), sent.changes(), reply.conflicts()));
                case GONE -> {
                    snapshots.forget(key);
                    return null;
                }
                case UNAVAILABLE -> throw absent();
                case APPLIED, REPEATED -> {
                    return remember(key, wanted.base(), sent.changes(), reply);
                }
            }
        }
    }

    private static ClusterUnavailableException absent() {
        return new ClusterUnavailableException(
                "a session is absent where sessions were lost a moment ago; it may come back, or will be taken for gone in"
                        + " a minute",
                null);
    }

    /**
     * Puts changes on top of what is stored now. Both sides keep their say on different attributes. On the same one an
     * explicit write stays above a change inside an object; otherwise the later commit, this one, wins. An attribute that
     * was written again with the content that this request saw is not in conflict.
     */
    private List<AttributeChange> rebase(
            Snapshot base, List<AttributeChange> changes, Map<String, @Nullable StoredAttribute> conflicts) {
        List<AttributeChange> rebased = new ArrayList<>();
        for (AttributeChange each : changes) {
            if (!conflicts.containsKey(each.name())) {
                rebased.add(each);
                continue;
            }
            StoredAttribute present = conflicts.get(each.name());
            Version version = present == null ? Version.NONE : present.version();
            boolean explicitlyRemovedOrSet = present == null || present.explicit();
            if (sameContent(base.attributes().get(each.name()), present)) {
                rebased.add(each.on(version));
            } else if (!each.explicit() && explicitlyRemovedOrSet) {
                metrics.dropped();
            } else {
                metrics.overwritten();
                rebased.add(each.on(version));
            }
        }
        return rebased;
    }

    private static boolean sameContent(@Nullable StoredAttribute seen, @Nullable StoredAttribute present) {
        if (seen == null || present == null) {
            return seen == null && present == null;
        }
        return Arrays.equals(seen.bytes(), present.bytes());
    }

    private Snapshot remember(String key, Snapshot base, List<AttributeChange> changes, CommitReply reply) {
        Map<String, StoredAttribute> merged = new LinkedHashMap<>(base.attributes());
        for (AttributeChange each : changes) {
            AttributeValue value = each.value();
            if (value == null) {
                merged.remove(each.name());
            } else {
                merged.put(each.name(), new StoredAttribute(reply.version(), each.explicit(), value));
            }
        }
        Snapshot after = new Snapshot(reply.version(), merged);
        boolean known =
                reply.status() == CommitReply.Status.APPLIED && reply.before().equals(base.version());
        if (known) {
            snapshots.put(key, after);
            return after;
        }
        // Others wrote in between: this request goes on with what it saw, the next one asks for the difference.
        return new Snapshot(Version.NONE, merged);
    }

    /** Ends a session at once, for all members; true if it was alive. */
    public boolean invalidate(String key) {
        requireStaying();
        snapshots.forget(key);
        boolean alive =
                metrics.timed("invalidate", each -> each ? Ended.ALIVE : Ended.GONE, () -> store.invalidate(key));
        if (alive) {
            metrics.invalidated();
        }
        return alive;
    }

    private enum Ended {
        ALIVE,
        GONE
    }

    /** Notes an access without waiting for it. */
    public void touch(String key, byte[] secretHash) {
        if (!leaving && touches.isDue(key)) {
            store.touch(key, secretHash);
        }
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
