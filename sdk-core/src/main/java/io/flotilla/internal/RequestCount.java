package io.flotilla.internal;

import io.flotilla.spi.Deadline;
import io.flotilla.spi.Requests;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/** The count of requests in flight on this member. */
final class RequestCount implements Requests {
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final LongSupplier ticker;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final Set<String> ignored = ConcurrentHashMap.newKeySet();
    private volatile long lastChange;

    RequestCount(LongSupplier ticker) {
        this.ticker = ticker;
        this.lastChange = ticker.getAsLong();
    }

    @Override
    public void ignore(String servletPath) {
        ignored.add(servletPath);
    }

    @Override
    public boolean counts(String servletPath) {
        return !ignored.contains(servletPath);
    }

    @Override
    public void entered() {
        inFlight.incrementAndGet();
        lastChange = ticker.getAsLong();
    }

    @Override
    public void left() {
        lastChange = ticker.getAsLong();
        inFlight.decrementAndGet();
    }

    @Override
    public int inFlight() {
        return Math.max(0, inFlight.get());
    }

    @Override
    public Duration idleFor() {
        return inFlight() > 0 ? Duration.ZERO : Duration.ofNanos(ticker.getAsLong() - lastChange);
    }

    /** Waits until no request is in flight; false if the deadline came first. Polls: this happens once in a life. */
    boolean awaitNone(Deadline deadline) {
        boolean interrupted = false;
        while (inFlight() > 0 && !deadline.passed()) {
            LockSupport.parkNanos(POLL_NANOS);
            interrupted |= Thread.interrupted(); // else the next pause would be none
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return inFlight() == 0;
    }
}
