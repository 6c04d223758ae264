package io.flotilla.health.internal.checks;

import org.jspecify.annotations.Nullable;

/**
 * From where on a signal is bad.
 *
 * @param degraded the node is DEGRADED from here on
 * @param down the node is DOWN from here on; null for never
 */
public record Limits(double degraded, @Nullable Double down) {

    /** Whether both are fractions, the worse one being higher. */
    public boolean areInOrder() {
        return degraded > 0 && degraded <= 1 && (down == null || (down > degraded && down <= 1));
    }

    @Override
    public String toString() {
        return "DEGRADED from " + degraded + (down == null ? "" : ", DOWN from " + down);
    }
}
