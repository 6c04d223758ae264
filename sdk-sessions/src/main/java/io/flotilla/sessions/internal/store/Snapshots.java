package io.flotilla.sessions.internal.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.function.LongSupplier;

/** The snapshots that this member keeps so that an owner may answer "not modified"; bounded by memory, and let go when unused. */
public final class Snapshots {
    private static final Duration LONGEST_UNUSED = Duration.ofMinutes(10);

    private final Cache<String, Snapshot> cache;

    /**
     * Makes an empty store of snapshots.
     *
     * @param maxBytes about how much memory they may hold
     * @param ticker the member's steady clock
     */
    public Snapshots(long maxBytes, LongSupplier ticker) {
        cache = Caffeine.newBuilder()
                .maximumWeight(maxBytes)
                .weigher((String key, Snapshot each) -> each.weight())
                .expireAfterAccess(LONGEST_UNUSED)
                .ticker(ticker::getAsLong)
                .executor(Runnable::run)
                .build();
    }

    Snapshot get(String key) {
        Snapshot known = cache.getIfPresent(key);
        return known == null ? Snapshot.EMPTY : known;
    }

    void put(String key, Snapshot snapshot) {
        cache.put(key, snapshot);
    }

    void forget(String key) {
        cache.invalidate(key);
    }

    void cleanUp() {
        cache.cleanUp();
    }

    /** How many there are in memory. */
    long size() {
        return cache.estimatedSize();
    }
}
