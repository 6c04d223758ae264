package io.flotilla.cache.internal.tier;

import io.flotilla.cache.internal.wire.Envelope;
import org.jspecify.annotations.Nullable;

/**
 * A value with what is known of it, as this member has it.
 *
 * @param value the value; null for nothing, or if it is read from its bytes each time
 * @param bytes those bytes; null if the value is there
 * @param weight about how many bytes it takes near
 */
public record Held<V>(@Nullable V value, byte @Nullable [] bytes, Envelope.Facts facts, int weight) {
    private static final int OVERHEAD = 200;

    static int weight(String key, int length) {
        return (int) Math.min(Integer.MAX_VALUE, (long) OVERHEAD + key.length() + length);
    }

    public boolean isNothing() {
        return value == null && bytes == null;
    }
}
