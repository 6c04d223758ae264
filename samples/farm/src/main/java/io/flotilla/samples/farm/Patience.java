package io.flotilla.samples.farm;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A limited number of short waits, for conditions that nobody tells us about. */
final class Patience {
    private static final long PAUSE_MILLIS = 50;

    private final CompletableFuture<Boolean> end = new CompletableFuture<>();

    Patience(Duration limit) {
        end.completeOnTimeout(true, limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Waits a moment; false once the limit is reached. */
    boolean more() {
        try {
            return !end.get(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException timeLeft) {
            return true;
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
