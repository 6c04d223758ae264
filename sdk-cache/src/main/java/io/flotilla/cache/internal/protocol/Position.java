package io.flotilla.cache.internal.protocol;

import java.util.UUID;

/**
 * The moment at which an owner answered.
 *
 * @param stream the owner, whose id is its stream's
 * @param number the number of its last note then; {@link #NOWHERE} if it did not hold the partition
 */
public record Position(UUID stream, long number) {
    public static final long NOWHERE = -1;
}
