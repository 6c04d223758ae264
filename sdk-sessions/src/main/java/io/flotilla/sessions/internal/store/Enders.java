package io.flotilla.sessions.internal.store;

import com.hazelcast.map.IMap;
import io.flotilla.ClusterException;
import io.flotilla.sessions.internal.wire.EndReply;
import io.flotilla.sessions.internal.wire.FinishProcessor;
import io.flotilla.sessions.internal.wire.SessionRecord;
import io.flotilla.sessions.internal.wire.Sweep;
import io.flotilla.sessions.internal.wire.SweepProcessor;
import io.flotilla.spi.Calls;
import io.flotilla.spi.Deadline;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the listeners of sessions that ended without a request. For each session a thread claims the right to do so, by a
 * lease that all backups know of, calls the listeners, and gives the session up. If this member dies meanwhile the lease runs
 * out, and another member tells of the same event again. Leases of listeners that take long are renewed.
 *
 * <p>Listeners are applications' code: they run on threads of their own, so that a slow one delays others' listeners and
 * nothing else. Thread-safe.
 */
public final class Enders implements Runnable {
    /** How many threads tell at most. */
    public static final int THREADS = 4;

    private static final Logger log = LoggerFactory.getLogger(Enders.class);
    /** How many sessions wait for a thread at most; more stay where they are until the next sweep. */
    private static final int MOST = 10_000;

    private static final long WAITING = 0;

    private final IMap<String, SessionRecord> records;
    private final Calls calls;
    private final EndListeners listeners;
    private final ExecutorService pool;
    private final Aftermath aftermath;
    private final SecureRandom random = new SecureRandom();
    private final ConcurrentHashMap<String, Long> leases = new ConcurrentHashMap<>(); // by key; WAITING for a thread
    private final ReentrantLock idle = new ReentrantLock();
    private final Condition oneLess = idle.newCondition();
    private volatile boolean stopped;

    public Enders(
            IMap<String, SessionRecord> records,
            Calls calls,
            EndListeners listeners,
            ExecutorService pool,
            Aftermath aftermath) {
        this.records = records;
        this.calls = calls;
        this.listeners = listeners;
        this.pool = pool;
        this.aftermath = aftermath;
    }

    /** Whether this member is about to tell the listeners of that session. */
    boolean has(String key) {
        return leases.containsKey(key);
    }

    /** Tells the listeners of a session that is over as soon as a thread is free; does nothing if too many wait. */
    void offer(String key) {
        if (stopped || leases.size() >= MOST || leases.putIfAbsent(key, WAITING) != null) {
            return;
        }
        try {
            pool.execute(() -> end(key));
        } catch (RejectedExecutionException closed) {
            leave(key);
        }
    }

    private void end(String key) {
        try {
            if (!stopped) {
                long lease = random.nextLong();
                leases.put(key, lease);
                EndReply reply = calls.onKey(records, key, sweep(lease));
                SessionRecord claimed = reply.claimed();
                if (claimed != null) {
                    tell(EndedSession.of(key, claimed));
                    reply = calls.onKey(records, key, new FinishProcessor(claimed.endId()));
                }
                aftermath.of(key, reply);
            }
        } catch (ClusterException unavailable) {
            log.debug("a session's end is not through; it is seen to again when its lease has run out", unavailable);
        } finally {
            leave(key);
        }
    }

    /** The listeners' failure, whatever it is, is theirs alone. */
    private void tell(EndedSession session) {
        EndListener listener = listeners.of(session.application());
        if (listener == null) {
            return; // undeployed since
        }
        try {
            listener.ended(session);
        } catch (Throwable failure) {
            StackTraceElement[] trace = failure.getStackTrace();
            log.error(
                    "a listener of the application at '{}' failed when it was told of a session's end: {} at {}",
                    session.application(),
                    failure.getClass().getName(),
                    trace.length == 0 ? "an unknown place" : trace[0]);
        }
    }

    private SweepProcessor sweep(long lease) {
        return new SweepProcessor(new Sweep(lease, listeners.audience()));
    }

    private void leave(String key) {
        idle.lock();
        try {
            leases.remove(key);
            oneLess.signalAll();
        } finally {
            idle.unlock();
        }
    }

    /** Renews the leases of those listeners that run. */
    @Override
    public void run() {
        for (Map.Entry<String, Long> each : leases.entrySet()) {
            if (each.getValue() != WAITING) {
                renew(each.getKey(), each.getValue());
            }
        }
    }

    private void renew(String key, long lease) {
        try {
            EndReply ignored = calls.onKey(records, key, sweep(lease));
        } catch (ClusterException unavailable) {
            log.debug("a lease is not renewed until the next turn", unavailable);
        }
    }

    /** Starts to tell of nothing more, and waits for the listeners that run. */
    public void stop(Deadline deadline) {
        stopped = true;
        idle.lock();
        try {
            while (!leases.isEmpty() && !deadline.passed()) {
                long ignored = oneLess.awaitNanos(Math.min(deadline.remainingNanos(), TimeUnit.SECONDS.toNanos(1)));
            }
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
        } finally {
            idle.unlock();
        }
    }
}
