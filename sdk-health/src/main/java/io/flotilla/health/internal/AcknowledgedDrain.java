package io.flotilla.health.internal;

import io.flotilla.health.internal.Probers.Count;
import io.flotilla.spi.Deadline;
import io.flotilla.spi.ModuleContext;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The wait between "this node says that it leaves" and "nobody sends it anything any more". Probers are asked for by
 * count, balancers that do not probe by silence; a cap bounds both.
 */
final class AcknowledgedDrain {
    private static final Logger log = LoggerFactory.getLogger(AcknowledgedDrain.class);
    private static final Duration PAUSE = Duration.ofMillis(10);

    private final HealthConfig config;
    private final ModuleContext context;
    private final Probers probers;

    AcknowledgedDrain(HealthConfig config, ModuleContext context, Probers probers) {
        this.config = config;
        this.context = context;
        this.probers = probers;
    }

    void await(Deadline deadline) {
        if (config.drainTimeout().isZero()) {
            return; // as asked
        }
        long began = context.ticker().getAsLong();
        log.info(
                "node '{}' tells that it is leaving; waits until {} probers were told {} times each and no request came"
                        + " for {} ms, for at most {} ms",
                context.node(),
                count().known(),
                config.probesToAcknowledge(),
                config.drainQuiet().toMillis(),
                config.drainTimeout().toMillis());
        boolean done = pauseUntilUnused(deadline.orIn(config.drainTimeout()));
        Count count = count();
        if (done) {
            log.info(
                    "node '{}' is out of use: {} probers were told, {} requests in flight, after {} ms",
                    context.node(),
                    count.known(),
                    context.requests().inFlight(),
                    millisSince(began));
        } else {
            log.warn(
                    "node '{}' goes on leaving after {} ms, though {} of {} probers were not told {} times, and {}"
                            + " requests are in flight, the last one {} ms ago; requests may fail. Let every balancer"
                            + " ask the ready endpoint more often, or raise health.drainTimeout",
                    context.node(),
                    millisSince(began),
                    count.unaware(),
                    count.known(),
                    config.probesToAcknowledge(),
                    context.requests().inFlight(),
                    context.requests().idleFor().toMillis());
        }
    }

    /**
     * Polls: this happens once in a life. The pauses are counted beside the clock, so that a shutdown goes on under a
     * test's clock that stands still.
     */
    private boolean pauseUntilUnused(Deadline deadline) {
        long pauses = deadline.remainingNanos() / PAUSE.toNanos();
        Duration silence = Duration.ZERO;
        Duration idle = context.requests().idleFor();
        while (count().unaware() > 0 || longer(idle, silence).compareTo(config.drainQuiet()) < 0) {
            if (deadline.passed() || pauses-- <= 0 || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
            Duration before = idle;
            idle = context.requests().idleFor();
            boolean nothingCame = context.requests().inFlight() == 0 && idle.compareTo(before) >= 0;
            silence = nothingCame ? silence.plus(PAUSE) : Duration.ZERO;
        }
        return true;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private Count count() {
        return probers.count(config.probesToAcknowledge());
    }

    private long millisSince(long began) {
        return Duration.ofNanos(context.ticker().getAsLong() - began).toMillis();
    }
}
