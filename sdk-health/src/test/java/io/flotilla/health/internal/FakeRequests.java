package io.flotilla.health.internal;

import io.flotilla.spi.Requests;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts, and says what it was told to say of silence. */
final class FakeRequests implements Requests {
    final AtomicInteger inFlight = new AtomicInteger();
    final AtomicInteger entered = new AtomicInteger();
    volatile Duration idle = Duration.ofHours(1);

    private final Set<String> ignored = ConcurrentHashMap.newKeySet();

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
        entered.incrementAndGet();
        inFlight.incrementAndGet();
    }

    @Override
    public void left() {
        inFlight.decrementAndGet();
    }

    @Override
    public int inFlight() {
        return inFlight.get();
    }

    @Override
    public Duration idleFor() {
        return idle;
    }
}
