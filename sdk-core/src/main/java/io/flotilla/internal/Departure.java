package io.flotilla.internal;

import com.hazelcast.core.HazelcastInstance;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A member's way out: its data moves to the others first; what has not moved when its time is up is left to backups. */
final class Departure {
    private static final Logger log = LoggerFactory.getLogger(Departure.class);
    /** What stopping takes after the data has moved, or Hazelcast has given up on it: it waits 3 s for its own threads. */
    private static final Duration SLACK = Duration.ofSeconds(6);

    private Departure() {}

    /** Returns when the member has gone, or does not come to an end long after it should have. */
    static void leave(HazelcastInstance member, ClusterConfig config, Threads threads) {
        long begin = SystemTime.TICKER.getAsLong();
        Thread shutdown = threads.newThread("core-departure", () -> {
            try {
                member.shutdown(); // gives up moving data after ClusterConfig.departureTime
            } catch (RuntimeException failure) {
                log.warn("cluster '{}': leaving in order failed", config.name(), failure);
                member.getLifecycleService().terminate();
            }
        });
        shutdown.start();
        awaitUninterruptibly(shutdown, config.departureTime().plus(SLACK));
        Duration took = Duration.ofNanos(SystemTime.TICKER.getAsLong() - begin);
        if (took.compareTo(config.departureTime()) >= 0) {
            log.warn(
                    "cluster '{}': node '{}' could not hand over all its data in time and leaves at once; the backups on"
                            + " other members take over. Allow more with ClusterBuilder.shutdownTimeout",
                    config.name(),
                    config.node());
        }
    }

    private static void awaitUninterruptibly(Thread thread, Duration patience) {
        long until = SystemTime.TICKER.getAsLong() + patience.toNanos();
        boolean interrupted = false;
        while (thread.isAlive()) {
            long remaining = until - SystemTime.TICKER.getAsLong();
            if (remaining <= 0) {
                break;
            }
            try {
                TimeUnit.NANOSECONDS.timedJoin(thread, remaining);
            } catch (InterruptedException interrupt) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
