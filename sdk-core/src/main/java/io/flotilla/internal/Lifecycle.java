package io.flotilla.internal;

import io.flotilla.Cluster.State;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/** The state machine of a member: STARTING, RUNNING, DRAINING, CLOSED, each at most once and in this order. */
final class Lifecycle {
    private final AtomicReference<State> state = new AtomicReference<>(State.STARTING);
    private final CountDownLatch closed = new CountDownLatch(1);

    State state() {
        return state.get();
    }

    /** Moves to a later state; false if the member is in that state or past it already. The one transition there is. */
    boolean advance(State to) {
        State before = state.getAndUpdate(now -> now.compareTo(to) < 0 ? to : now);
        if (to == State.CLOSED) {
            closed.countDown();
        }
        return before.compareTo(to) < 0;
    }

    /** Waits until the member is closed; an interrupt is kept for the caller and does not end the wait early. */
    void awaitClosed() {
        boolean interrupted = false;
        while (true) {
            try {
                closed.await();
                break;
            } catch (InterruptedException interrupt) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
