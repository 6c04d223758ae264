package io.flotilla.cache.internal.protocol;

import org.jspecify.annotations.Nullable;

/**
 * One entry of an owner's stream: the answers that were given before it are void.
 *
 * @param partition the partition
 * @param key the key that has changed; null if it is the whole partition
 */
public record Note<K>(int partition, @Nullable K key) {}
