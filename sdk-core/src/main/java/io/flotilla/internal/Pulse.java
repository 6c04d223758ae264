package io.flotilla.internal;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * Notices that this JVM stood still. The timer beats; any thread can tell by itself that a beat is overdue, so that none
 * goes on after a stall before the timer does. Thread-safe.
 */
final class Pulse {
    static final Duration EVERY = Duration.ofMillis(500);
    /** Half of the time after which the others remove a silent member. */
    static final Duration LONGEST = Duration.ofSeconds(4);

    private final LongSupplier ticker;
    private volatile long last;
    private final AtomicInteger stalls = new AtomicInteger();

    Pulse(LongSupplier ticker) {
        this.ticker = ticker;
        this.last = ticker.getAsLong();
    }

    /** Whether the last beat came in time. */
    boolean beats() {
        return ticker.getAsLong() - last <= LONGEST.toNanos();
    }

    /** Called by the timer; false if this JVM stood still before. */
    boolean beat() {
        boolean inTime = beats();
        if (!inTime) {
            stalls.incrementAndGet(); // before the stamp: who sees the one sees the other
        }
        last = ticker.getAsLong();
        return inTime;
    }

    int stalls() {
        return stalls.get();
    }
}
