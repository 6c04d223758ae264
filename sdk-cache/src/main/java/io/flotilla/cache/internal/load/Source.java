package io.flotilla.cache.internal.load;

import io.flotilla.cache.CacheLoader;
import io.flotilla.cache.Load;
import org.jspecify.annotations.Nullable;

/**
 * A loader with the key that it is to load.
 *
 * @param <V> the type of the values
 */
@FunctionalInterface
public interface Source<V> {

    @Nullable
    V load(Load<V> load) throws Exception;

    static <K, V> Source<V> of(K key, CacheLoader<? super K, V> loader) {
        return load -> loader.load(key, load);
    }
}
