package io.flotilla.cache.internal.load;

import static java.util.Objects.requireNonNull;

import io.flotilla.cache.BulkLoader;
import io.flotilla.cache.Load;
import io.flotilla.cache.internal.wire.CacheKey;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A loader of several values.
 *
 * @param <V> the type of the values
 */
@FunctionalInterface
public interface BulkSource<V> {

    /** Loads the values of some keys, as far as there are values. */
    Map<CacheKey, V> load(Map<CacheKey, ? extends Load<V>> loads) throws Exception;

    /** The same loader for one of the values. */
    default Source<V> one(CacheKey key) {
        return load -> load(Map.of(key, load)).get(key);
    }

    /**
     * A loader with the keys that it may have to load.
     *
     * @param keys the application's keys
     */
    static <K, V> BulkSource<V> of(Map<CacheKey, K> keys, BulkLoader<K, V> loader) {
        return loads -> {
            Map<K, Load<V>> asked = new LinkedHashMap<>();
            loads.forEach((key, load) -> asked.put(requireNonNull(keys.get(key)), load));
            Map<K, V> values = loader.loadAll(Set.copyOf(asked.keySet()), key -> loadOf(key, asked));
            Map<CacheKey, V> loaded = new HashMap<>();
            loads.keySet().forEach(key -> {
                V value = values.get(requireNonNull(keys.get(key)));
                if (value != null) {
                    loaded.put(key, value);
                }
            });
            return loaded;
        };
    }

    private static <K, V> Load<V> loadOf(K key, Map<K, Load<V>> asked) {
        Load<V> load = asked.get(key);
        if (load == null) {
            throw new IllegalArgumentException("that key is not to be loaded");
        }
        return load;
    }
}
