package io.flotilla.sessions.internal.store;

import io.flotilla.ClusterUnavailableException;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One lock for each session that this member is writing just now. */
final class KeyedLocks {
    private static final class Counted extends ReentrantLock {
        private int users; // guarded by the map's lock on the key
    }

    private final ConcurrentHashMap<String, Counted> locks = new ConcurrentHashMap<>();
    private final Duration patience;

    KeyedLocks(Duration patience) {
        this.patience = patience;
    }

    /** Does the work when no other thread does work for the same key; waits for that as long as one call may take. */
    <R extends @Nullable Object> R locked(String key, Supplier<R> work) {
        Counted lock = locks.compute(key, (same, present) -> {
            Counted used = present == null ? new Counted() : present;
            used.users++;
            return used;
        });
        try {
            acquire(lock);
            try {
                return work.get();
            } finally {
                lock.unlock();
            }
        } finally {
            locks.computeIfPresent(key, (same, present) -> --present.users == 0 ? null : present);
        }
    }

    private void acquire(Counted lock) {
        try {
            if (!lock.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new ClusterUnavailableException(
                        "another request has been storing the same session for " + patience.toMillis() + " ms", null);
            }
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw new ClusterUnavailableException("interrupted while waiting to store a session", interrupt);
        }
    }

    int size() {
        return locks.size();
    }
}
