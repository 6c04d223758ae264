package io.flotilla.benchmarks.sessions;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Time that has to pass. */
final class Waiting {
    private static final long PAUSE = Duration.ofMillis(20).toNanos();

    private Waiting() {}

    /** Looks again and again; false if the patience ends first. */
    static boolean until(Duration patience, BooleanSupplier condition) {
        long end = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            LockSupport.parkNanos(PAUSE);
        }
        return true;
    }

    /** Lets servers idle for so long. */
    static void during(Duration time) {
        var unused = until(time, () -> false);
    }
}
