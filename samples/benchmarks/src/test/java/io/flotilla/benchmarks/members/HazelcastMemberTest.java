package io.flotilla.benchmarks.members;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import io.flotilla.Cluster;
import io.flotilla.Discovery;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("cluster")
@Timeout(60)
final class HazelcastMemberTest {

    @Test
    void isConfiguredAsFlotillasMembersAre() {
        try (Cluster cluster =
                Cluster.builder("startup").discovery(Discovery.none()).start()) {
            Config flotilla = cluster.hazelcast().getConfig();
            Properties properties = flotilla.getProperties();
            Config bare = HazelcastMember.config(new String[] {"127.0.0.1:0"}, properties);

            assertThat(properties).containsEntry("hazelcast.phone.home.enabled", "false");
            assertThat(bare.getProperties()).isEqualTo(properties);
            assertThat(switches(bare).toList())
                    .isEqualTo(switches(flotilla).toList())
                    .containsOnly(false);
            assertThat(bare.getNetworkConfig().getInterfaces())
                    .isEqualTo(flotilla.getNetworkConfig().getInterfaces());
            assertThat(bare.getNetworkConfig().getJoin().getTcpIpConfig().getConnectionTimeoutSeconds())
                    .isEqualTo(flotilla.getNetworkConfig()
                            .getJoin()
                            .getTcpIpConfig()
                            .getConnectionTimeoutSeconds());
        }
    }

    private static Stream<Boolean> switches(Config config) {
        JoinConfig join = config.getNetworkConfig().getJoin();
        return Stream.of(
                config.getMetricsConfig().isEnabled(),
                config.getIntegrityCheckerConfig().isEnabled(),
                config.getJetConfig().isEnabled(),
                config.getNetworkConfig().isPortAutoIncrement(),
                join.getAutoDetectionConfig().isEnabled(),
                join.getMulticastConfig().isEnabled());
    }
}
