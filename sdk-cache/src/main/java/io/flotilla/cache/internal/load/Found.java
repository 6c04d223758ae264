package io.flotilla.cache.internal.load;

import io.flotilla.cache.Tier;
import io.flotilla.cache.internal.tier.Held;

/**
 * What a read has found.
 *
 * @param version 0 for a value that was not stored
 */
public record Found<V>(Held<V> held, Tier tier, boolean stale, long version) {}
