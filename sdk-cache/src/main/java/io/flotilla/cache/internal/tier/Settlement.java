package io.flotilla.cache.internal.tier;

import io.flotilla.ClusterUnavailableException;
import io.flotilla.cache.internal.protocol.Position;
import io.flotilla.cache.internal.protocol.Times;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** Waits until no member answers what was there before a change. */
final class Settlement {
    private static final Duration FIRST_PAUSE = Duration.ofNanos(500_000);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(50);
    private static final Duration ANSWER = Duration.ofMillis(500);

    private final Streams streams;

    Settlement(Streams streams) {
        this.streams = streams;
    }

    /** Ends when the owner says so, or when no proof can be left: then nobody answers from before, whatever was lost. */
    void await(Position change, int partition) {
        long end = streams.now() + Times.OUTLASTS_PROOF_NANOS;
        long pause = FIRST_PAUSE.toNanos();
        while (streams.now() < end && !isSettled(change, partition)) {
            LockSupport.parkNanos(Math.min(pause, end - streams.now()));
            pause = Math.min(2 * pause, LONGEST_PAUSE.toNanos());
            if (Thread.currentThread().isInterrupted()) {
                throw new ClusterUnavailableException(
                        "interrupted while waiting for all members to hear of a change, which has taken place", null);
            }
        }
    }

    private boolean isSettled(Position change, int partition) {
        CompletableFuture<Boolean> settled = streams.asksWhetherSettled(change, partition);
        try {
            return settled.get(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException unknown) {
            return false;
        }
    }
}
