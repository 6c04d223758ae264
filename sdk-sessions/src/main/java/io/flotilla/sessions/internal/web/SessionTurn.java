package io.flotilla.sessions.internal.web;

import io.flotilla.sessions.internal.store.SessionRepository;
import io.flotilla.sessions.internal.store.SessionRepository.Opened;
import io.flotilla.sessions.internal.wire.OpenReply;
import io.flotilla.sessions.internal.wire.SecretHash;
import io.flotilla.spi.Deadline;
import java.security.SecureRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * One exclusive request's turn with a session: wanted by the head of its node's queue, had when the owner has found the
 * session for it, and given back.
 */
final class SessionTurn {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final TurnQueues queues;
    private final SessionRepository repository;
    private final String key;
    private final long token = RANDOM.nextLong();
    private final Deadline deadline;
    private final long began;
    private final AtomicBoolean left = new AtomicBoolean();
    private volatile long number; // zero until it is this request's turn
    private long pauseNanos = FIRST_PAUSE_NANOS; // of the request's thread, as all below
    private boolean asked;
    private long lastAccessed;

    SessionTurn(TurnQueues queues, SessionRepository repository, String key, Deadline deadline, long began) {
        this.queues = queues;
        this.repository = repository;
        this.key = key;
        this.deadline = deadline;
        this.began = began;
    }

    /** What the owner knows the turn by. */
    long number() {
        return number;
    }

    /** Asks the owner for the session and the turn. */
    Opened open(SecretHash hash) {
        Opened opened = repository.openInTurn(key, hash, token, deadline.passed());
        OpenReply reply = opened.reply();
        if (!asked) {
            lastAccessed = reply.lastAccessed();
            asked = true;
        }
        if (reply.found()) {
            if (number == 0) {
                queues.granted(began);
            }
            number = reply.turn();
        }
        return opened;
    }

    /** When the request before this one came, milliseconds: each question of this one's is an access too. */
    long lastAccessed() {
        return lastAccessed;
    }

    /** Waits before the owner is asked again; longer each time, and not as long as others who do the same. */
    void pause() {
        if (deadline.passed()) {
            throw queues.tooLate(began);
        }
        long pause = ThreadLocalRandom.current().nextLong(pauseNanos / 2, pauseNanos);
        pauseNanos = Math.min(LONGEST_PAUSE_NANOS, 2 * pauseNanos);
        LockSupport.parkNanos(Math.min(pause, deadline.remainingNanos()));
        if (Thread.currentThread().isInterrupted()) {
            throw TurnQueues.interrupted(new InterruptedException());
        }
    }

    /** Leaves it to the next request; does nothing if it was left before. */
    void leave() {
        if (!left.compareAndSet(false, true)) {
            return;
        }
        try {
            if (number != 0) {
                repository.giveTurnBack(key, token);
            }
        } finally {
            queues.release(key);
        }
    }
}
