package io.flotilla.internal.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flotilla.Cluster;
import io.flotilla.ClusterBuilder;
import io.flotilla.ClusterStartException;
import io.flotilla.Discovery;
import io.flotilla.Security;
import io.flotilla.testkit.CleanSlate;
import io.flotilla.testkit.ExpectLog;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A newcomer that reaches somebody who does not prove to be a member must not take itself for the first of its cluster. */
@Tag("cluster")
@Timeout(60)
@ExtendWith(CleanSlate.class)
final class FailClosedTest {
    private static final byte[] SECRET = Security.newSecret().getBytes(StandardCharsets.US_ASCII);

    /** A member that is crowded with strangers closes connections like that, and so does our own deadline a frozen one's. */
    @Test
    @ExpectLog("Could not join cluster")
    @SuppressWarnings("try") // closed before its time, which ends the thread that accepts
    void aSeedThatClosesWithoutAWordFailsTheStart() throws Exception {
        ServerSocket curt = new ServerSocket(0, 50, Intruder.LOOPBACK);
        Thread closer = new Thread(() -> closeAll(curt));
        try (curt) {
            closer.start();

            assertThatThrownBy(() -> newcomer(curt.getLocalPort()).start().close())
                    .isInstanceOf(ClusterStartException.class);
        }
        closer.join();
    }

    private static void closeAll(ServerSocket server) {
        try {
            while (true) {
                server.accept().close();
            }
        } catch (IOException closed) {
            // the end of the test
        }
    }

    /** Whether somebody is there decides: nobody at all is no reason to wait. */
    @Test
    void anAddressWhereNobodyListensDoesNotHinderTheFirst() throws IOException {
        try (Cluster first = newcomer(freePort()).start()) {
            assertThat(first.hazelcast().getCluster().getMembers()).hasSize(1);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, Intruder.LOOPBACK)) {
            return socket.getLocalPort();
        }
    }

    private static ClusterBuilder newcomer(int seed) {
        return Cluster.builder("shop")
                .discovery(Discovery.members("127.0.0.1:" + seed))
                .security(Security.secret(SECRET))
                .hazelcast(config -> config.setProperty("hazelcast.max.join.seconds", "3"));
    }
}
