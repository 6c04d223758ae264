package io.flotilla.cache.internal.protocol;

import java.util.UUID;

/**
 * What a reader says to an owner.
 *
 * @param applied up to which number it has applied every note; {@link #NEW} if it does not know the stream yet
 * @param stamp its elapsed time
 */
public record Report(UUID reader, long applied, long stamp) {
    public static final long NEW = -1;
}
