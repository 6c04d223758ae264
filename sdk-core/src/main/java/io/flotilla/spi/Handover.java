package io.flotilla.spi;

import com.hazelcast.config.Config;

/**
 * Hears that this member is about to hand a partition over, before its next owner can change anything in it: Hazelcast's
 * own events come afterwards. Both methods run on the partition's thread and must be short.
 *
 * @since 0.1
 */
public interface Handover {

    /**
     * The partition is about to be handed over; this member takes no writes for it any more.
     *
     * @param partition the partition
     */
    void begins(int partition);

    /**
     * The partition was handed over, and this member's table says so; or it stays after all.
     *
     * @param partition the partition
     */
    void ended(int partition);

    /**
     * Has a member tell of its partitions; for {@link ClusterModule#configure}.
     *
     * @param member the configuration under construction
     * @param name a name that no other module uses
     * @param handover who hears
     */
    static void install(Config member, String name, Handover handover) {
        HandoverService.install(member, name, handover);
    }
}
