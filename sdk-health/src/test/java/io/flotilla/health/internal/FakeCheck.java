package io.flotilla.health.internal;

import io.flotilla.spi.HealthCheck;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** A check that says what it is told to say, or hangs. */
final class FakeCheck implements HealthCheck {
    private final String name;
    volatile @Nullable Result result = Result.UP;
    volatile @Nullable Throwable failure;
    volatile @Nullable CountDownLatch hang;

    FakeCheck(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    @SuppressWarnings("NullAway") // one test wants to see null returned
    public Result check() throws Exception {
        CountDownLatch latch = hang;
        if (latch != null) {
            latch.await();
        }
        if (failure instanceof Exception exception) {
            throw exception;
        }
        if (failure instanceof Error error) {
            throw error;
        }
        return result;
    }
}
