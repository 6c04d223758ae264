package io.flotilla.spi;

import io.flotilla.internal.SystemTime;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * Lets something happen at once and then at most once in a while: a log line, say, that an outage or a stranger could cause
 * with every request. Thread-safe, never blocks for long.
 *
 * @since 0.1
 */
public final class Seldom {
    private final long pauseNanos;
    private final LongSupplier ticker;
    private boolean happened; // guarded by this, as all below
    private long last;
    private long leftOut;

    /**
     * Creates the limit on the system's elapsed time, for what has no cluster whose time could be used.
     *
     * @param pause the least time between two times
     */
    public Seldom(Duration pause) {
        this(pause, SystemTime.TICKER);
    }

    /**
     * Creates the limit.
     *
     * @param pause the least time between two times
     * @param ticker nanoseconds since an arbitrary origin
     */
    public Seldom(Duration pause, LongSupplier ticker) {
        this.pauseNanos = pause.toNanos();
        this.ticker = ticker;
    }

    /**
     * Asks whether it may happen now.
     *
     * @return how often it was left out since the last time, if it may; empty if it may not
     */
    public synchronized OptionalLong now() {
        long now = ticker.getAsLong();
        if (happened && now - last < pauseNanos) {
            leftOut++;
            return OptionalLong.empty();
        }
        long before = leftOut;
        happened = true;
        last = now;
        leftOut = 0;
        return OptionalLong.of(before);
    }
}
