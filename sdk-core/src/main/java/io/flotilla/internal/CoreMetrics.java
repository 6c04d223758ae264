package io.flotilla.internal;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent.LifecycleState;
import io.flotilla.Standing;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** The meters of core: the only class with their names. */
final class CoreMetrics {
    static final String MEMBERS = "flotilla.members";
    static final String OPEN = "flotilla.member.open";
    static final String MERGES = "flotilla.merges";
    static final String PARTITIONS_LOST = "flotilla.partitions.lost";
    static final String CONNECTIONS_REFUSED = "flotilla.connections.refused";

    private CoreMetrics() {}

    static void bind(MeterRegistry meters, HazelcastInstance member, StandingWatch standing) {
        Gauge.builder(OPEN, standing, each -> each.standing() == Standing.OPEN ? 1 : 0)
                .description("1 while this member serves, 0 while it refuses calls and fails its readiness check")
                .register(meters);
        Gauge.builder(MEMBERS, member, CoreMetrics::members)
                .description("Members of the cluster as this one sees it")
                .register(meters);
        Counter merges = Counter.builder(MERGES)
                .description("Times this member's side of a split gave up its state and joined the other")
                .register(meters);
        Counter lost = Counter.builder(PARTITIONS_LOST)
                .description("Partitions whose owner and first backup went at once: what has one backup is lost")
                .register(meters);
        member.getLifecycleService().addLifecycleListener(event -> {
            if (event.getState() == LifecycleState.MERGED) {
                merges.increment();
            }
        });
        member.getPartitionService().addPartitionLostListener(event -> {
            // Not allReplicasInPartitionLost(): that counts the empty replicas on members that hold no backup, too.
            if (event.getLostBackupCount() >= 1) {
                lost.increment();
            }
        });
    }

    private static double members(HazelcastInstance member) {
        return member.getLifecycleService().isRunning()
                ? member.getCluster().getMembers().size()
                : 0;
    }
}
