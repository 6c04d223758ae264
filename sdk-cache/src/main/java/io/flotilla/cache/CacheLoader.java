package io.flotilla.cache;

import org.jspecify.annotations.Nullable;

/**
 * Gets a value from where it comes from: a database, a service. Of all members one calls it for a key at a time, as far as
 * that is possible: it may run twice after a member was lost, and must not rely on running once.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 * @since 0.1
 */
@FunctionalInterface
public interface CacheLoader<K, V> {

    /**
     * Loads a value. Runs on the calling thread, or on one of the cache's if the cache has a soft timeout or loads ahead of
     * time.
     *
     * @param key the key
     * @param load what can be said of the value, and what was there before
     * @return the value; null if there is none, which is an error unless {@link CacheBuilder#negativeTtl} is set
     * @throws Exception whatever went wrong: callers get a {@link CacheLoadException} with it as its cause, unless a stale
     *     value may do
     */
    @Nullable
    V load(K key, Load<V> load) throws Exception;
}
