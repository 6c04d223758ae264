package io.flotilla.internal.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flotilla.Cluster;
import io.flotilla.ClusterBuilder;
import io.flotilla.ClusterStartException;
import io.flotilla.Discovery;
import io.flotilla.testkit.CleanSlate;
import io.flotilla.testkit.ExpectLog;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Members with real sockets, some of which say that they are of another release. */
@Tag("cluster")
@Timeout(120)
@ExtendWith(CleanSlate.class)
final class WireLevelJoinTest {

    private static ClusterBuilder member(String node, String levels, String... others) {
        ClusterBuilder builder = Cluster.builder("shop").node(node).bind("127.0.0.1", 0);
        if (others.length > 0) {
            builder.discovery(Discovery.members(others));
        } else {
            builder.discovery(() -> java.util.List.of());
        }
        return builder.hazelcast(config -> config.getMemberAttributeConfig().setAttribute("flotilla.wire", levels));
    }

    private static String address(Cluster cluster) {
        return "127.0.0.1:"
                + cluster.hazelcast().getCluster().getLocalMember().getAddress().getPort();
    }

    @Test
    void aReleaseThatOverlapsJoins() {
        try (Cluster first = member("web-1", "1-2").start();
                Cluster second = member("web-2", "2-3", address(first)).start()) {
            assertThat(second.hazelcast().getCluster().getMembers()).hasSize(2);
        }
    }

    @Test
    @ExpectLog("ode could not join cluster|Could not join cluster|is not active")
    @ExpectLog(
            "Reason of failure for node join: the node at 127.0.0.1:\\d+ runs a release of Flotilla of wire levels 3 to 4")
    void oneThatDoesNotIsToldWhy() {
        try (Cluster first = member("web-1", "1-2").start()) {
            assertThatThrownBy(() -> member("web-2", "3-4", address(first)).start())
                    .isInstanceOf(ClusterStartException.class)
                    .hasMessageMatching("cluster 'shop' did not let this node in: the node at 127\\.0\\.0\\.1:\\d+ runs"
                            + " a release of Flotilla of wire levels 3 to 4, node 'web-1' of this cluster one of wire"
                            + " levels 1 to 2; these cannot be in one cluster\\. Go by way of .*");
            assertThat(first.hazelcast().getCluster().getMembers()).hasSize(1);
        }
    }
}
