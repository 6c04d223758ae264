package io.flotilla.sessions.internal.store;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** One lock for each session that this member is writing just now. */
final class KeyedLocks {
    private static final class Counted extends ReentrantLock {
        private int users; // guarded by the map's lock on the key
    }

    private final ConcurrentHashMap<String, Counted> locks = new ConcurrentHashMap<>();

    <R> R locked(String key, Supplier<R> work) {
        Counted lock = locks.compute(key, (same, present) -> {
            Counted used = present == null ? new Counted() : present;
            used.users++;
            return used;
        });
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
            locks.computeIfPresent(key, (same, present) -> --present.users == 0 ? null : present);
        }
    }

    int size() {
        return locks.size();
    }
}
