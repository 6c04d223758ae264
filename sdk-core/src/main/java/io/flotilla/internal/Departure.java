package io.flotilla.internal;

import com.hazelcast.core.HazelcastInstance;
import io.flotilla.spi.Deadline;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A member's way out: its data moves to the others first; if that takes too long, or fails, it is terminated. */
final class Departure {
    private static final Logger log = LoggerFactory.getLogger(Departure.class);

    private Departure() {}

    static void leave(HazelcastInstance member, ClusterConfig config, Deadline deadline) {
        Thread shutdown = new Thread(
                () -> {
                    try {
                        member.shutdown();
                    } catch (RuntimeException failure) {
                        log.warn("cluster '{}': leaving in order failed", config.name(), failure);
                    }
                },
                config.name() + "-core-departure");
        shutdown.setDaemon(true);
        shutdown.setContextClassLoader(null);
        shutdown.start();
        boolean left = false;
        try {
            TimeUnit.NANOSECONDS.timedJoin(shutdown, Math.max(deadline.remainingNanos(), 1));
            left = !shutdown.isAlive();
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
        }
        if (!left) {
            log.warn(
                    "cluster '{}': node '{}' could not hand over all its data in time and leaves at once; the backups on"
                            + " other members take over. Allow more with ClusterBuilder.shutdownTimeout",
                    config.name(),
                    config.node());
        }
        if (member.getLifecycleService().isRunning() || !left) {
            member.getLifecycleService().terminate();
        }
    }
}
