package io.flotilla.health.internal.wire;

import io.flotilla.health.Health;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a member says about itself. Holds no point in time, since members' clocks differ: only durations.
 *
 * @param node the member's name
 * @param member the member's id in the cluster
 * @param incarnation a number drawn when the sender started: {@code seq} counts within it
 * @param seq number of the heartbeat
 * @param state how the member is doing
 * @param weight 0 to 100
 * @param url where balancers reach it
 * @param inFlight requests it works on
 * @param uptimeMillis for how long it has been up
 * @param intervalMillis when to expect the next heartbeat
 */
public record Heartbeat(
        String node,
        UUID member,
        long incarnation,
        long seq,
        Health.State state,
        int weight,
        @Nullable String url,
        int inFlight,
        long uptimeMillis,
        int intervalMillis) {

    /** Whether this is the later one of two heartbeats of one member. */
    public boolean supersedes(Heartbeat other) {
        return incarnation != other.incarnation || seq > other.seq;
    }
}
