package io.flotilla.cache.internal.tier;

import io.flotilla.cache.internal.protocol.ChangedKeys;
import io.flotilla.cache.internal.wire.CacheKey;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The stores of this member's caches, by the caches' names; hands on what concerns a key. Thread-safe. */
public final class Stores implements ChangedKeys<CacheKey> {
    private final Map<String, ClusterStore<?>> stores = new ConcurrentHashMap<>();
    private final Consumer<CacheKey> waiting;

    /**
     * @param waiting called for each key whose load has ended somewhere; must be quick
     */
    public Stores(Consumer<CacheKey> waiting) {
        this.waiting = waiting;
    }

    void add(String cache, ClusterStore<?> store) {
        stores.put(cache, store);
    }

    @Override
    public void changed(CacheKey key, UUID owner, long number) {
        ClusterStore<?> store = stores.get(key.cache());
        if (store != null) {
            store.changed(key, owner, number);
        }
    }

    void woken(CacheKey key) {
        waiting.accept(key);
    }

    void dropAll() {
        stores.values().forEach(ClusterStore::dropNear);
    }
}
