package io.flotilla;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.nio.serialization.HazelcastSerializationException;
import io.flotilla.testkit.CertainWrites;
import io.flotilla.testkit.CleanSlate;
import io.flotilla.testkit.ExpectLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.example.outside.Gadget;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Members with real sockets on loopback. */
@Tag("cluster")
@Timeout(120)
@ExtendWith(CleanSlate.class)
final class RealMemberTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @Test
    void withoutSettingsItIsAClusterOfOneOnAnEphemeralLoopbackPort() {
        try (Cluster cluster = Cluster.builder("solo").start()) {
            assertThat(cluster.state()).isEqualTo(Cluster.State.RUNNING);
            InetSocketAddress address = address(cluster);
            assertThat(address.getAddress().isLoopbackAddress()).isTrue();
            assertThat(address.getPort()).isPositive();
            assertThat(cluster.hazelcast().getCluster().getMembers()).hasSize(1);
        }
    }

    @Test
    @SuppressWarnings("removal") // of REST, which must be off while it is there
    void aMemberIsHardened() throws Exception {
        try (Cluster cluster = Cluster.builder("hard").node("web-1").start()) {
            Config config = cluster.hazelcast().getConfig();
            assertThat(config.getInstanceName()).isEqualTo("hard-web-1");
            assertThat(config.getClusterName()).isEqualTo("hard");
            JoinConfig join = config.getNetworkConfig().getJoin();
            assertThat(join.getMulticastConfig().isEnabled()).as("multicast").isFalse();
            assertThat(join.getAutoDetectionConfig().isEnabled())
                    .as("auto-detection")
                    .isFalse();
            assertThat(join.getTcpIpConfig().isEnabled()).isFalse();
            assertThat(config.getNetworkConfig().isPortAutoIncrement()).isFalse();
            assertThat(config.getNetworkConfig().getRestApiConfig().isEnabled())
                    .as("REST")
                    .isFalse();
            assertThat(config.getNetworkConfig().getMemcacheProtocolConfig().isEnabled())
                    .as("memcache")
                    .isFalse();
            assertThat(config.getJetConfig().isEnabled()).as("Jet").isFalse();
            assertThat(config.getMetricsConfig().isEnabled()).as("metrics").isFalse();
            assertThat(config.getManagementCenterConfig().isConsoleEnabled()).isFalse();
            assertThat(config.getProperty("hazelcast.phone.home.enabled")).isEqualTo("false");
            assertThat(config.getProperty("hazelcast.shutdownhook.enabled")).isEqualTo("false");
            assertThat(config.getProperty("hazelcast.socket.bind.any")).isEqualTo("false");
            assertThat(config.getProperty("hazelcast.jmx")).isNull();
            assertThat(config.getProperty("hazelcast.operation.fail.on.indeterminate.state"))
                    .isEqualTo("true");
            assertThat(config.getProperty("hazelcast.heartbeat.interval.seconds"))
                    .isEqualTo("1");
            assertThat(config.getProperty("hazelcast.max.no.heartbeat.seconds")).isEqualTo("8");
            assertThat(config.getProperty("hazelcast.max.join.seconds")).isEqualTo("30");
            assertListensOnLoopbackOnly(address(cluster).getPort());
        }
    }

    private static void assertListensOnLoopbackOnly(int port) throws IOException {
        assertThat(accepts(LOOPBACK, port)).isTrue();
        List<NetworkInterface> interfaces = NetworkInterface.networkInterfaces().toList();
        for (NetworkInterface each : interfaces) {
            for (InetAddress address : each.inetAddresses().toList()) {
                if (!address.isLoopbackAddress()) {
                    assertThat(accepts(address, port))
                            .as("%s:%d", address, port)
                            .isFalse();
                }
            }
        }
        // Any address of 127/8 reaches a socket that is bound to all interfaces, on hosts without another interface
        // too.
        assertThat(accepts(InetAddress.getByAddress(new byte[] {127, 0, 0, 99}), port))
                .isFalse();
    }

    private static boolean accepts(InetAddress address, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), 1_000);
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    @Test
    void noClassOfStrangersIsDeserialized() {
        try (Cluster cluster = Cluster.builder("filter").start()) {
            HazelcastInstance member = cluster.hazelcast();
            Gadget.RAN.set(false);
            member.getMap("data").set("gadget", new Gadget());

            assertThatThrownBy(() -> member.getMap("data").get("gadget"))
                    .isInstanceOf(HazelcastSerializationException.class)
                    .hasMessageContaining("org.example.outside.Gadget");
            assertThat(Gadget.RAN).isFalse();

            // What Hazelcast itself must be able to ship: exceptions of the JDK, of its own and of ours.
            for (Object each : List.of(
                    new UncheckedIOException(new IOException("disk")),
                    new IllegalStateException("state"),
                    new HazelcastSerializationException("wire"),
                    new ClusterUnavailableException("late", null),
                    new ArrayList<>(List.of("list")))) {
                member.getMap("data").set("allowed", each);
                assertThat(member.getMap("data").get("allowed")).hasSameClassAs(each);
            }
        }
    }

    @Test
    @ExpectLog("Hazelcast cannot start. Port \\[\\d+] is already in use")
    void aPortInUseIsNamedAndNothingIsLeft() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, LOOPBACK)) {
            int port = taken.getLocalPort();

            assertThatThrownBy(() ->
                            Cluster.builder("taken").bind("127.0.0.1", port).start())
                    .isInstanceOf(ClusterStartException.class)
                    .hasMessage("cluster 'taken' could not start: cannot listen on 127.0.0.1:" + port
                            + "; is the port in use, or the address not of this host?")
                    .hasCauseInstanceOf(RuntimeException.class);
        }
    }

    @Test
    @ExpectLog("No matching network interface found")
    void anAddressThatIsNotOfThisHostIsNamed() {
        // In 127/8 and so a loopback address, but of no interface.
        assertThatThrownBy(() -> Cluster.builder("nowhere").bind("127.9.9.9", 0).start())
                .isInstanceOf(ClusterStartException.class)
                .hasMessage(
                        "cluster 'nowhere' could not start: cannot listen on 127.9.9.9:0; is the port in use, or the"
                                + " address not of this host?");
    }

    @Test
    void threeThatStartAtOnceFormOneCluster() throws Exception {
        List<Integer> ports = freePorts(3);
        String[] addresses = ports.stream().map(port -> "127.0.0.1:" + port).toArray(String[]::new);
        ExecutorService starters = Executors.newFixedThreadPool(3);
        List<Future<Cluster>> starting = new ArrayList<>();
        for (int port : ports) {
            starting.add(starters.submit(() -> Cluster.builder("trio")
                    .node("node-" + port)
                    .bind("127.0.0.1", port)
                    .discovery(Discovery.members(addresses))
                    .start()));
        }
        List<Cluster> clusters = new ArrayList<>();
        try {
            for (Future<Cluster> each : starting) {
                clusters.add(each.get(60, TimeUnit.SECONDS));
            }
            for (Cluster each : clusters) {
                assertThat(each.hazelcast().getCluster().getMembers()).hasSize(3);
            }
            CertainWrites.set(clusters.get(0).hazelcast().getMap("data"), "key", "value");
            assertThat(clusters.get(2).hazelcast().getMap("data").get("key")).isEqualTo("value");
        } finally {
            starters.shutdownNow();
            clusters.forEach(Cluster::close);
        }
    }

    /** It may be a member that is just too busy: a second cluster beside the first would be worse than no start. */
    @Test
    @ExpectLog("Could not join cluster")
    void anAddressThatAcceptsAndNeverAnswersFailsTheStart() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, LOOPBACK)) {
            String address = "127.0.0.1:" + silent.getLocalPort();

            assertThatThrownBy(() -> Cluster.builder("silent")
                            .discovery(Discovery.members(address))
                            .hazelcast(config -> config.setProperty("hazelcast.max.join.seconds", "3"))
                            .start())
                    .isInstanceOf(ClusterStartException.class)
                    .hasMessage(
                            "cluster 'silent' could not start: the join was refused or timed out; looked for members"
                                    + " at " + address + " (listens; it did not let this node in; is it of another"
                                    + " cluster or version?)");
        }
    }

    @Test
    void aMemberOfAnotherClusterIsNotJoined() throws IOException {
        List<Integer> ports = freePorts(2);
        try (Cluster shop = Cluster.builder("shop")
                        .node("a")
                        .bind("127.0.0.1", ports.get(0))
                        .discovery(Discovery.members("127.0.0.1:" + ports.get(0)))
                        .start();
                Cluster other = Cluster.builder("other")
                        .node("b")
                        .bind("127.0.0.1", ports.get(1))
                        .discovery(Discovery.members("127.0.0.1:" + ports.get(0)))
                        .start()) {
            assertThat(shop.hazelcast().getCluster().getMembers()).hasSize(1);
            assertThat(other.hazelcast().getCluster().getMembers()).hasSize(1);
        }
    }

    @Test
    @ExpectLog("no DNS server|Could not join cluster")
    void aDiscoveryThatFailsAtStartFailsTheStart() {
        Discovery broken = () -> {
            throw new IllegalStateException("no DNS server");
        };
        assertThatThrownBy(() -> Cluster.builder("lost").discovery(broken).start())
                .isInstanceOf(ClusterStartException.class)
                .hasMessageContaining("java.lang.IllegalStateException: no DNS server");
    }

    @Test
    @ExpectLog("the member of node 'a' has stopped although nobody closed it")
    void aCrashOverRealSocketsLosesNothingWithABackup() throws Exception {
        List<Integer> ports = freePorts(2);
        String[] addresses = ports.stream().map(port -> "127.0.0.1:" + port).toArray(String[]::new);
        try (Cluster first = Cluster.builder("crash")
                        .node("a")
                        .bind("127.0.0.1", ports.get(0))
                        .discovery(Discovery.members(addresses))
                        .start();
                Cluster second = Cluster.builder("crash")
                        .node("b")
                        .bind("127.0.0.1", ports.get(1))
                        .discovery(Discovery.members(addresses))
                        .start()) {
            assertThat(first.hazelcast().getCluster().getMembers()).hasSize(2);
            for (int i = 0; i < 200; i++) {
                CertainWrites.set(second.hazelcast().getMap("data"), i, "value");
            }
            await().until(() -> first.hazelcast().getPartitionService().isClusterSafe());

            first.hazelcast().getLifecycleService().terminate();

            assertThat(second.hazelcast().getMap("data").size()).isEqualTo(200);
        }
    }

    private static InetSocketAddress address(Cluster cluster) {
        return cluster.hazelcast().getCluster().getLocalMember().getSocketAddress();
    }

    /** Free at this moment; held open together so that they differ. */
    private static List<Integer> freePorts(int count) throws IOException {
        List<ServerSocket> held = new ArrayList<>();
        List<Integer> ports = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                ServerSocket socket = new ServerSocket(0, 1, LOOPBACK);
                held.add(socket);
                ports.add(socket.getLocalPort());
            }
        } finally {
            for (ServerSocket each : held) {
                each.close();
            }
        }
        return ports;
    }
}
