package io.flotilla.sessions.internal.web;

import io.flotilla.ClusterUnavailableException;
import io.flotilla.sessions.internal.store.SessionRepository;
import io.flotilla.sessions.internal.store.SessionsMetrics;
import io.flotilla.spi.Deadline;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The exclusive requests of one application on this node. Those of the same session form a queue, in the order in which they
 * came; only its head has the turn at the session's owner, or asks for it. Thread-safe.
 */
final class TurnQueues {
    /** A queue: whoever has its permit is the head. A request may end on another thread than it began on. */
    private static final class Queue extends Semaphore {
        private static final long serialVersionUID = 1L;

        private int users; // guarded by the map's lock on the key

        Queue() {
            super(1, true);
        }
    }

    private final ConcurrentHashMap<String, Queue> queues = new ConcurrentHashMap<>();
    private final ExclusiveRule rule;
    private final Duration patience;
    private final SessionRepository repository;
    private final SessionsMetrics metrics;
    private final LongSupplier ticker;

    TurnQueues(
            ExclusiveRule rule,
            Duration patience,
            SessionRepository repository,
            SessionsMetrics metrics,
            LongSupplier ticker) {
        this.rule = rule;
        this.patience = patience;
        this.repository = repository;
        this.metrics = metrics;
        this.ticker = ticker;
    }

    /** Whether a request is exclusive. Runs code of the application. */
    boolean isFor(HttpServletRequest request) {
        return rule.requests().test(request);
    }

    /** Until when a request that asks for its session now may wait for its turn. */
    Deadline deadline() {
        return Deadline.in(patience, ticker);
    }

    /** Waits until no other request of this node is before this one. */
    SessionTurn enter(String key, Deadline deadline) {
        long began = ticker.getAsLong();
        Queue queue = queues.compute(key, (same, present) -> {
            Queue used = present == null ? new Queue() : present;
            used.users++;
            return used;
        });
        boolean first = false;
        try {
            first = queue.tryAcquire(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupt) {
            throw interrupted(interrupt);
        } finally {
            if (!first) {
                leave(key);
            }
        }
        if (!first) {
            throw tooLate(began);
        }
        return new SessionTurn(this, repository, key, deadline, began);
    }

    /** The head of a queue makes room for the next one. */
    void release(String key) {
        Queue queue = queues.get(key);
        if (queue != null) {
            queue.release();
        }
        leave(key);
    }

    private void leave(String key) {
        queues.computeIfPresent(key, (same, present) -> --present.users == 0 ? null : present);
    }

    /** A request that began to wait then has its turn now. */
    void granted(long began) {
        metrics.turn(true, ticker.getAsLong() - began);
    }

    /** A request that began to wait then has waited for too long. */
    ClusterUnavailableException tooLate(long began) {
        metrics.turn(false, ticker.getAsLong() - began);
        return new ClusterUnavailableException(
                "other exclusive requests had their turn with a session for longer than sessions.turnTimeout allows ("
                        + patience.toMillis() + " ms)",
                null);
    }

    static ClusterUnavailableException interrupted(InterruptedException interrupt) {
        Thread.currentThread().interrupt();
        return new ClusterUnavailableException("interrupted while waiting for the turn with a session", interrupt);
    }

    /** How many requests of a session wait behind the head of their queue. */
    int waiting(String key) {
        Queue queue = queues.get(key);
        return queue == null ? 0 : queue.getQueueLength();
    }

    int size() {
        return queues.size();
    }
}
