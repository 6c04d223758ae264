package io.flotilla;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flotilla.testkit.CertainWrites;
import io.flotilla.testkit.CleanSlate;
import io.flotilla.testkit.ExpectLog;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Secured members with real sockets on loopback. */
@Tag("cluster")
@Timeout(120)
@ExtendWith(CleanSlate.class)
final class SecurityTest {
    private static final byte[] SECRET = Security.newSecret().getBytes(StandardCharsets.US_ASCII);

    @Test
    void membersWithOneSecretFormOneCluster() throws IOException {
        int first = freePort();
        int second = freePort();
        try (Cluster a = start("a", first, second, Security.secret(SECRET));
                Cluster b = start("b", second, first, Security.secret(SECRET))) {
            assertThat(b.hazelcast().getCluster().getMembers()).hasSize(2);
            for (int i = 0; i < 2_000; i++) {
                CertainWrites.set(a.hazelcast().getMap("data"), i, new byte[i]);
            }
            CertainWrites.set(a.hazelcast().getMap("data"), "large", new byte[5_000_000]);
            for (int i = 0; i < 2_000; i++) {
                assertThat((byte[]) b.hazelcast().getMap("data").get(i)).hasSize(i);
            }
            assertThat((byte[]) b.hazelcast().getMap("data").get("large")).hasSize(5_000_000);
        }
    }

    @Test
    @ExpectLog("refused a connection from|no connection to|Could not join cluster|is alone")
    void aWrongSecretFailsTheStartAndSaysSo() throws IOException {
        int port = freePort();
        try (Cluster running = start("a", port, port, Security.secret(SECRET))) {
            byte[] wrong = Security.newSecret().getBytes(StandardCharsets.US_ASCII);

            assertThatThrownBy(() -> Cluster.builder("secure")
                            .node("stranger")
                            .discovery(Discovery.members("127.0.0.1:" + port))
                            .security(Security.secret(wrong))
                            .hazelcast(config -> config.setProperty("hazelcast.max.join.seconds", "3"))
                            .start())
                    .isInstanceOf(ClusterStartException.class)
                    .hasMessage(
                            "cluster 'secure' could not start: the join was refused or timed out; looked for members"
                                    + " at 127.0.0.1:" + port
                                    + " (listens; it refused this member: their secrets differ, or the"
                                    + " names of their clusters do)");
            assertThat(running.hazelcast().getCluster().getMembers()).hasSize(1);
        }
    }

    private static Cluster start(String node, int port, int other, Security security) {
        return Cluster.builder("secure")
                .node(node)
                .bind("127.0.0.1", port)
                .discovery(Discovery.members("127.0.0.1:" + other))
                .security(security)
                .start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
