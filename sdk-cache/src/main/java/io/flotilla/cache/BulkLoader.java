package io.flotilla.cache;

import java.util.Map;
import java.util.Set;

/**
 * Gets several values at once from where they come from: one query in place of many. Of all members one calls it for a key at
 * a time, as far as that is possible, and with different keys at the same time.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 * @since 0.1
 */
@FunctionalInterface
public interface BulkLoader<K, V> {

    /**
     * Loads values. Runs on the calling thread.
     *
     * @param keys the keys that this member is to load: those that nobody has, and nobody else is loading
     * @param loads what can be said of each value, and what was there before
     * @return the values. A key that is missing has none, which is an error unless {@link CacheBuilder#negativeTtl} is set;
     *     the values of other keys than those asked for are not used
     * @throws Exception whatever went wrong: callers get a {@link CacheLoadException} with it as its cause, unless stale
     *     values may do
     */
    Map<K, V> loadAll(Set<K> keys, BulkLoad<K, V> loads) throws Exception;
}
