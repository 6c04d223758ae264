package io.flotilla.spi;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A point in elapsed time by which something must be done; handed down a chain of calls so that all of them share one
 * budget. Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class Deadline {
    private final LongSupplier ticker;
    private final long at;

    private Deadline(LongSupplier ticker, long at) {
        this.ticker = ticker;
        this.at = at;
    }

    /**
     * A deadline some time from now.
     *
     * @param ticker elapsed nanoseconds
     * @param time how long from now
     * @return the deadline
     */
    public static Deadline in(Duration time, LongSupplier ticker) {
        return new Deadline(ticker, ticker.getAsLong() + time.toNanos());
    }

    /**
     * The earlier of this deadline and one some time from now.
     *
     * @param time how long from now at most
     * @return the earlier one
     */
    public Deadline orIn(Duration time) {
        return new Deadline(ticker, ticker.getAsLong() + Math.min(remainingNanos(), time.toNanos()));
    }

    /**
     * Returns the time that is left.
     *
     * @return nanoseconds, zero once the deadline has passed
     */
    public long remainingNanos() {
        return Math.max(0, at - ticker.getAsLong());
    }

    /**
     * Tells whether the deadline has passed.
     *
     * @return true if no time is left
     */
    public boolean passed() {
        return remainingNanos() == 0;
    }
}
