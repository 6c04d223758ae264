package io.flotilla;

import com.hazelcast.config.Config;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.internal.nio.Connection;
import io.flotilla.internal.RunningCluster;
import java.util.function.Function;
import java.util.function.Predicate;

/** The test kit's bridge to the one package-private seam of {@link ClusterBuilder}. Not for use elsewhere. */
public final class TestMembers {
    private TestMembers() {}

    /**
     * Makes a builder take its Hazelcast member from a factory instead of starting one with sockets.
     *
     * @param builder the builder
     * @param factory makes a member of a configuration
     * @return the same builder
     */
    public static ClusterBuilder from(ClusterBuilder builder, Function<Config, HazelcastInstance> factory) {
        return builder.memberFactory(factory);
    }

    /**
     * Tells a member how to know a crash from a cut on a network without sockets.
     *
     * @param builder the builder
     * @param closedByPeer whether a closed connection was closed by the other side, as at the end of its process
     * @return the same builder
     */
    public static ClusterBuilder closedByPeer(ClusterBuilder builder, Predicate<Connection> closedByPeer) {
        return builder.closedByPeer(closedByPeer);
    }

    /**
     * Lets the members that are there now be those of whom a majority counts, without the wait for a quiet moment.
     *
     * @param cluster the member that is to count so
     */
    public static void settle(Cluster cluster) {
        ((RunningCluster) cluster).settle();
    }
}
