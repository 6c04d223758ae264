package io.flotilla.cache;

import org.jspecify.annotations.Nullable;

/**
 * A value, and what the cache knows of it.
 *
 * @param value the value; null if it is known that there is nothing
 * @param tier where it came from
 * @param stale whether its time to live is over, and it does only because it could not be loaded anew, or is being
 * @param version rises with every change of the key; for {@link Cache#replace(Object, Object, long)}. 0 for a value that was
 *     not stored
 * @param <V> the type of the values
 * @since 0.1
 */
public record CacheEntry<V>(@Nullable V value, Tier tier, boolean stale, long version) {}
