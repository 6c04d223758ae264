package io.flotilla.health;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * One member of the cluster as this node sees it: what the member last said about itself, and how long ago. A snapshot;
 * immutable.
 *
 * @since 0.1
 */
public interface NodeStatus {

    /**
     * Returns the member's name.
     *
     * @return the name given to {@link io.flotilla.ClusterBuilder#node}
     */
    String node();

    /**
     * Tells whether this is the node that was asked.
     *
     * @return true for exactly one row of a table
     */
    boolean self();

    /**
     * Returns how the member is doing.
     *
     * @return what it said last; {@link Health.State#STARTING} if it has not said anything yet; {@link
     *     Health.State#SILENT} if it has said nothing for three of its heartbeat intervals
     */
    Health.State state();

    /**
     * Returns which share of the traffic the member should get, relative to the others.
     *
     * @return 100 if it is ready, else 0
     */
    int weight();

    /**
     * Returns where balancers reach the member.
     *
     * @return the address given to {@link HealthBuilder#url}; empty if it has none or has not said so yet
     */
    Optional<URI> url();

    /**
     * Returns how many requests the member was working on.
     *
     * @return 0 or more
     */
    int inFlight();

    /**
     * Returns how long ago the member was heard, by this node's own clock.
     *
     * @return zero for the node itself; empty if it has not been heard yet
     */
    Optional<Duration> lastSeen();

    /**
     * Returns for how long the member has been up.
     *
     * @return zero if it has not been heard yet
     */
    Duration uptime();
}
