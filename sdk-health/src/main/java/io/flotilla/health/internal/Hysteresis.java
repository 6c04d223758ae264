package io.flotilla.health.internal;

import io.flotilla.spi.HealthCheck.Result;
import io.flotilla.spi.HealthCheck.Status;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Makes of what a check says time after time something that others can act on: DOWN after enough failures in a row, good
 * again after enough successes. A check that keeps changing its mind has to be good for a while first: a node that comes and
 * goes fails more requests than one that stays out. Not thread-safe.
 */
final class Hysteresis {
    static final Duration FLAPPING_WITHIN = Duration.ofMinutes(1);
    private static final int FALLS = 3;

    private final int failuresToDown;
    private final int successesToUp;
    private final Duration flappingHold;
    private final long[] fallsAt = new long[FALLS]; // a ring
    private int falls;
    private @Nullable Status shown;
    private int failures;
    private int successes;
    private long goodSince;

    Hysteresis(int failuresToDown, int successesToUp, Duration flappingHold) {
        this.failuresToDown = failuresToDown;
        this.successesToUp = successesToUp;
        this.flappingHold = flappingHold;
    }

    /** Takes what a check said, and returns what to show. The first word counts at once. */
    Result judge(Result said, long now) {
        Result judged = said.status() == Status.DOWN ? failed(said, now) : succeeded(said, now);
        shown = judged.status();
        return judged;
    }

    private Result failed(Result said, long now) {
        successes = 0;
        failures++;
        if (shown != Status.DOWN && shown != null) {
            if (failures < failuresToDown) {
                return new Result(
                        Status.DEGRADED, "failed " + failures + " of " + failuresToDown + " times: " + said.detail());
            }
            fallsAt[falls++ % FALLS] = now;
        }
        return said;
    }

    private Result succeeded(Result said, long now) {
        failures = 0;
        goodSince = successes == 0 ? now : goodSince;
        successes++;
        if (shown != Status.DOWN) {
            return said;
        }
        if (successes < successesToUp) {
            return new Result(Status.DOWN, "good again, " + successes + " of " + successesToUp + " times");
        }
        if (isFlapping() && now - goodSince < flappingHold.toNanos()) {
            return new Result(
                    Status.DOWN,
                    "good again, but failed " + FALLS + " times within " + FLAPPING_WITHIN.toSeconds()
                            + " s, so has to stay good for " + flappingHold.toMillis() + " ms");
        }
        return said;
    }

    /** Whether the last few falls came close after each other. */
    private boolean isFlapping() {
        if (falls < FALLS) {
            return false;
        }
        long last = fallsAt[(falls - 1) % FALLS];
        long first = fallsAt[falls % FALLS];
        return last - first <= FLAPPING_WITHIN.toNanos();
    }
}
