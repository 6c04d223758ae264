package io.flotilla.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flotilla.Cluster.State;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class LifecycleTest {
    private final Lifecycle lifecycle = new Lifecycle();

    @Test
    void goesForwardOnly() {
        assertThat(lifecycle.state()).isEqualTo(State.STARTING);
        assertThat(lifecycle.advance(State.DRAINING)).isTrue();
        assertThat(lifecycle.advance(State.RUNNING)).isFalse();
        assertThat(lifecycle.advance(State.DRAINING)).isFalse();
        assertThat(lifecycle.state()).isEqualTo(State.DRAINING);
        assertThat(lifecycle.advance(State.CLOSED)).isTrue();
        assertThat(lifecycle.state()).isEqualTo(State.CLOSED);
    }

    /** Every interleaving of two threads, against the sequential behaviour of the same class: one winner a state. */
    @Test
    void anyInterleavingHasOneWinnerForEachState() {
        new ModelCheckingOptions()
                .threads(2)
                .actorsPerThread(2)
                .actorsBefore(0)
                .actorsAfter(1)
                .iterations(20)
                .invocationsPerIteration(500)
                .check(Advancing.class);
    }

    /** What Lincheck exercises. */
    public static final class Advancing {
        private final Lifecycle lifecycle = new Lifecycle();

        @Operation
        public boolean advance(State to) {
            return lifecycle.advance(to);
        }

        @Operation
        public State state() {
            return lifecycle.state();
        }
    }

    @Test
    @Timeout(10)
    void awaitClosedKeepsAnInterruptAndGoesOnWaiting() throws Exception {
        CountDownLatch waiting = new CountDownLatch(1);
        AtomicBoolean flag = new AtomicBoolean();
        Thread waiter = new Thread(() -> {
            waiting.countDown();
            lifecycle.awaitClosed();
            flag.set(Thread.currentThread().isInterrupted());
        });
        waiter.start();
        waiting.await();
        await().until(() -> waiter.getState() == Thread.State.WAITING);

        waiter.interrupt();
        // The flag is cleared when the interrupt is taken; then it must wait again rather than return.
        await().until(() -> !waiter.isInterrupted() && waiter.getState() == Thread.State.WAITING);
        lifecycle.advance(State.CLOSED);
        waiter.join(TimeUnit.SECONDS.toMillis(5));

        assertThat(waiter.isAlive()).isFalse();
        assertThat(flag).isTrue();
    }
}
