package io.flotilla.internal;

import io.flotilla.Cluster.State;
import java.util.concurrent.CountDownLatch;

/** The state machine of a member: STARTING, RUNNING, DRAINING, CLOSED, each at most once and in this order. */
final class Lifecycle {
    private volatile State state = State.STARTING; // written under this
    private final CountDownLatch closed = new CountDownLatch(1);

    State state() {
        return state;
    }

    /** Moves to a later state; false if the member is in that state or past it already. The one transition there is. */
    synchronized boolean advance(State to) {
        if (state.compareTo(to) >= 0) {
            return false;
        }
        state = to;
        if (to == State.CLOSED) {
            closed.countDown();
        }
        return true;
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
