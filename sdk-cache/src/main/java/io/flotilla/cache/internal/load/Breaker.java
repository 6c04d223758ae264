package io.flotilla.cache.internal.load;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Keeps callers from waiting, one after the other, for a cluster that has just not answered: after a failure one of them
 * tries again, once a second. Thread-safe, never blocks.
 */
final class Breaker {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final LongSupplier ticker;
    private volatile boolean open;
    // guarded by this
    private long nextTry;

    Breaker(LongSupplier ticker) {
        this.ticker = ticker;
    }

    /** Whether to ask. */
    boolean allows() {
        return !open || isOurTurn();
    }

    private synchronized boolean isOurTurn() {
        long now = ticker.getAsLong();
        if (now < nextTry) {
            return false;
        }
        nextTry = now + PAUSE.toNanos(); // also if nobody ever says how this one went
        return true;
    }

    void answered() {
        if (open) {
            open = false;
        }
    }

    synchronized void failed() {
        open = true;
        nextTry = ticker.getAsLong() + PAUSE.toNanos();
    }
}
