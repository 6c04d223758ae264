package io.flotilla.health;

import io.flotilla.spi.ClusterModule;
import io.flotilla.spi.HealthCheck;
import io.flotilla.spi.ModuleContext;
import io.flotilla.spi.RunningModule;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** A module that does nothing but add one check, which says what a test wants it to say. */
final class FakeFeature implements ClusterModule<FakeFeature>, HealthCheck {
    volatile Result result = Result.UP;
    volatile @Nullable CountDownLatch hang;
    private @Nullable ModuleContext context;

    /** What core gave this module. */
    ModuleContext context() {
        if (context == null) {
            throw new IllegalStateException("not started");
        }
        return context;
    }

    @Override
    public Class<FakeFeature> api() {
        return FakeFeature.class;
    }

    @Override
    public RunningModule<FakeFeature> start(ModuleContext given) {
        context = given;
        given.addHealthCheck(this);
        return new RunningModule<>() {
            @Override
            public FakeFeature api() {
                return FakeFeature.this;
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public String name() {
        return "fake";
    }

    @Override
    public Result check() throws InterruptedException {
        CountDownLatch latch = hang;
        if (latch != null) {
            latch.await();
        }
        return result;
    }
}
