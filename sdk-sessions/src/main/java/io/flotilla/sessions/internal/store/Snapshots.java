package io.flotilla.sessions.internal.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

/** The snapshots that this member keeps so that an owner may answer "not modified"; bounded by memory. */
public final class Snapshots {
    private final Cache<String, Snapshot> cache;

    public Snapshots(long maxBytes) {
        cache = Caffeine.newBuilder()
                .maximumWeight(maxBytes)
                .weigher((String key, Snapshot each) -> each.weight())
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
}
