package io.flotilla.cache;

/**
 * One load of several values: what the loader can say of each. Used by the loader's thread only.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 * @since 0.1
 */
@FunctionalInterface
public interface BulkLoad<K, V> {

    /**
     * Returns the load of one of the values.
     *
     * @param key one of the keys that are to be loaded
     * @return what can be said of its value
     * @throws IllegalArgumentException if that key is not to be loaded
     */
    Load<V> of(K key);
}
