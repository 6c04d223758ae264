package io.flotilla.health.internal;

import io.flotilla.health.internal.checks.Advisory;
import io.flotilla.spi.HealthCheck;
import io.flotilla.spi.HealthCheck.Result;
import io.flotilla.spi.HealthCheck.Status;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One check and what it last said. Runs on a thread of its own, so that it may hang without harm; whoever reads it gets an
 * answer at once, and a check that is late counts as down, whatever it said before.
 */
final class BackgroundCheck implements Runnable {
    private static final int DETAIL_LENGTH = 300;

    private final HealthCheck check;
    private final Duration interval;
    private final Duration timeout;
    private final LongSupplier ticker;
    private final Runnable afterwards;
    private final Hysteresis hysteresis;
    private volatile Snapshot snapshot;

    /**
     * @param result what the last finished run said
     * @param at when that was
     * @param due since when an answer is expected: a run has begun, or should have
     */
    private record Snapshot(@Nullable Result result, long at, long due) {}

    BackgroundCheck(HealthCheck check, HealthConfig config, LongSupplier ticker, Runnable afterwards) {
        this.check = check;
        this.interval = config.checkInterval();
        this.timeout = config.checkTimeout();
        this.ticker = ticker;
        this.afterwards = afterwards;
        this.hysteresis = new Hysteresis(config.failuresToDown(), config.successesToUp(), config.flappingHold());
        long now = ticker.getAsLong();
        this.snapshot = new Snapshot(null, now, now);
    }

    /** Never called twice at the same time. */
    @Override
    public void run() {
        Snapshot before = snapshot;
        long began = ticker.getAsLong();
        snapshot = new Snapshot(before.result, before.at, began);
        Result said = ask();
        long now = ticker.getAsLong();
        Result result = hysteresis.judge(inTime(said, now - began), now);
        snapshot = new Snapshot(result, now, now + interval.toNanos());
        afterwards.run();
    }

    /** An answer that comes too late is a failure: else a check that is always slow would come and go. */
    private Result inTime(Result said, long nanos) {
        return nanos <= timeout.toNanos()
                ? said
                : new Result(
                        Status.DOWN, "answered after " + Duration.ofNanos(nanos).toMillis() + " ms");
    }

    @SuppressWarnings("ConstantValue") // a check is foreign code and may return null all the same
    private Result ask() {
        try {
            @Nullable Result result = check.check();
            return result != null ? result : new Result(Status.DOWN, "the check returned nothing");
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            return new Result(Status.DOWN, "the check was interrupted");
        } catch (Throwable failure) { // an Error of one check, such as a missing class, is not the end of the others
            return new Result(Status.DOWN, oneLine(failure.toString()));
        }
    }

    String name() {
        return check.name();
    }

    @SuppressWarnings("ReferenceEquality") // the very same check; two may well be equal
    boolean isOf(HealthCheck other) {
        return check == other;
    }

    boolean hasRun() {
        return snapshot.result != null;
    }

    /** What is known now, without waiting. */
    Outcome outcome() {
        Snapshot seen = snapshot;
        long now = ticker.getAsLong();
        Duration age = Duration.ofNanos(now - seen.at);
        if (now - seen.due > timeout.toNanos()) {
            return new Outcome(
                    name(), atWorst(Status.DOWN), "did not answer within " + timeout.toMillis() + " ms", age);
        }
        if (seen.result == null) {
            return new Outcome(name(), null, "has not run yet", age);
        }
        return new Outcome(name(), atWorst(seen.result.status()), seen.result.detail(), age);
    }

    private Status atWorst(Status status) {
        return check instanceof Advisory && status == Status.DOWN ? Status.DEGRADED : status;
    }

    private static String oneLine(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() <= DETAIL_LENGTH ? line : line.substring(0, DETAIL_LENGTH) + "…";
    }
}
