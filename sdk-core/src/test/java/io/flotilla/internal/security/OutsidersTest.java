package io.flotilla.internal.security;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flotilla.Cluster;
import io.flotilla.ClusterBuilder;
import io.flotilla.ClusterStartException;
import io.flotilla.Discovery;
import io.flotilla.Security;
import io.flotilla.testkit.CleanSlate;
import io.flotilla.testkit.ExpectLog;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Members that must not come together. Each start that must fail takes twelve seconds, so those of a test run at once. */
@Tag("cluster")
@Timeout(60)
@ExtendWith(CleanSlate.class)
@ExpectLog(value = "refused a connection from 127\\.0\\.0\\.1: |no connection to 127\\.0\\.0\\.1:", required = false)
@ExpectLog("Could not join cluster")
final class OutsidersTest {
    private static final byte[] SECRET = Security.newSecret().getBytes(US_ASCII);
    private static final byte[] WRONG_SECRET = Security.newSecret().getBytes(US_ASCII);

    private static final int HELLO = 36;
    private static final int PROOF = 32;
    private static final byte[] ACCEPTED = {1};

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ExecutorService starters = Executors.newCachedThreadPool();
    private final Map<String, Future<Cluster>> starting = new LinkedHashMap<>();

    @AfterEach
    void endStarters() {
        starters.shutdownNow();
    }

    @Test
    void whoHasNotTheSecretDoesNotJoin() throws Exception {
        try (Cluster member = member("shop", Security.secret(SECRET)).start()) {
            int seed = port(member);
            start("wrong-secret", newcomer("shop", seed).security(Security.secret(WRONG_SECRET)));
            start("other-cluster", newcomer("chop", seed).security(Security.secret(SECRET)));
            start("no-secret", newcomer("shop", seed));

            assertFails("wrong-secret", seed, "it refused this member: their secrets differ");
            assertFails("other-cluster", seed, "it refused this member: their secrets differ");
            assertFails("no-secret", seed, "");
            assertUndisturbed(member);
            assertThat(refused("secret")).isPositive();
            assertThat(refused("tls")).isPositive();
        }
    }

    @Test
    void whoHasNotTheCertificateDoesNotJoin(@TempDir Path folder) throws Exception {
        TestAuthority good = new TestAuthority(folder, "good");
        TestAuthority evil = new TestAuthority(folder, "evil");
        Security secret = Security.secret(SECRET);
        try (Cluster member = member("shop", withStores(secret, good, good)).start()) {
            int seed = port(member);
            start("wrong-authority", newcomer("shop", seed).security(withStores(secret, evil, good)));
            start("distrustful", newcomer("shop", seed).security(withStores(secret, good, evil)));
            start("none", newcomer("shop", seed).security(secret));
            start(
                    "expired",
                    newcomer("shop", seed)
                            .security(secret.mutualTls(
                                    good.keyStore(TestAuthority.EXPIRED), good.trustStore(), TestAuthority.PASSWORD)));
            start(
                    "wrong-secret",
                    newcomer("shop", seed).security(withStores(Security.secret(WRONG_SECRET), good, good)));

            assertFails("wrong-authority", seed, "it does not trust this member's certificate");
            assertFails("distrustful", seed, "its certificate is not trusted here");
            assertFails("none", seed, "it does not trust this member's certificate");
            assertFails("expired", seed, "it does not trust this member's certificate");
            assertFails("wrong-secret", seed, "it refused this member: their secrets differ");
            assertUndisturbed(member);
            assertThat(refused("certificate")).isPositive();
            assertThat(refused("secret")).isPositive();

            try (Cluster friend = newcomer("shop", seed)
                    .security(withStores(secret, good, good))
                    .start()) {
                assertThat(friend.hazelcast().getCluster().getMembers()).hasSize(2);
            }
        }
    }

    /** Whoever answers with anything but its own proof of the secret is told nothing more. */
    @Test
    @ExpectLog("node 'plain' is alone")
    void aMemberBelievesNoSeedThatDoesNotProveItself() throws Exception {
        try (Cluster member = member("shop", Security.secret(SECRET)).start();
                Cluster plain = Cluster.builder("shop")
                        .node("plain")
                        .discovery(Discovery.members("127.0.0.1:1"))
                        .start();
                FalseSeed mirror = new FalseSeed(OutsidersTest::reflect);
                FalseSeed boaster = new FalseSeed(OutsidersTest::boast);
                FalseSeed relay = new FalseSeed(intruder -> relay(intruder, port(member)))) {
            List<FalseSeed> seeds = List.of(mirror, boaster, relay);
            for (FalseSeed each : seeds) {
                start("seed-" + each.port(), newcomer("shop", each.port()).security(Security.secret(SECRET)));
            }
            start("to-plain", newcomer("shop", port(plain)).security(Security.secret(SECRET)));

            for (FalseSeed each : seeds) {
                assertFails("seed-" + each.port(), each.port(), "");
                assertThat(each.heard()).isNotEmpty().containsOnly("");
            }
            assertFails("to-plain", port(plain), "it may be a member without security");
            assertUndisturbed(member);
            assertUndisturbed(plain);
        }
    }

    /** Says what it hears: its hello is the newcomer's, and so is its proof. */
    private static void reflect(Intruder newcomer) throws IOException {
        newcomer.send(newcomer.read(HELLO));
        byte[] proof = newcomer.read(PROOF);
        newcomer.send(ACCEPTED);
        newcomer.send(proof);
    }

    /** Claims that all is well. */
    private static void boast(Intruder newcomer) throws IOException {
        newcomer.send(newcomer.proof("shop", WRONG_SECRET).hello());
        newcomer.read(HELLO + PROOF);
        newcomer.send(ACCEPTED);
        newcomer.send(new byte[PROOF]);
    }

    /** Ends TLS on both sides, and passes on what it reads between a newcomer and a true member. */
    private static void relay(Intruder newcomer, int seed) throws IOException {
        try (Intruder towardsMember = Intruder.connect(seed)) {
            towardsMember.send(newcomer.read(HELLO));
            newcomer.send(towardsMember.read(HELLO));
            towardsMember.send(newcomer.read(PROOF));
            newcomer.send(towardsMember.read(1 + PROOF));
        }
    }

    private void start(String node, ClusterBuilder newcomer) {
        starting.put(node, starters.submit(() -> newcomer.node(node).start()));
    }

    private void assertFails(String node, int seed, String why) {
        assertThatThrownBy(() -> requireNonNull(starting.get(node))
                        .get(40, TimeUnit.SECONDS)
                        .close())
                .as(node)
                .hasCauseInstanceOf(ClusterStartException.class)
                .hasMessageContaining("127.0.0.1:" + seed)
                .hasMessageContaining(why);
    }

    private static void assertUndisturbed(Cluster member) {
        assertThat(member.hazelcast().getCluster().getMembers()).hasSize(1);
        member.hazelcast().getMap("data").set("key", "value");
        assertThat(member.hazelcast().getMap("data").get("key")).isEqualTo("value");
    }

    private double refused(String reason) {
        return meters.get("flotilla.connections.refused")
                .tag("reason", reason)
                .functionCounter()
                .count();
    }

    private ClusterBuilder member(String cluster, Security security) {
        return Cluster.builder(cluster).node("a").security(security).meterRegistry(meters);
    }

    private static ClusterBuilder newcomer(String cluster, int seed) {
        return Cluster.builder(cluster)
                .discovery(Discovery.members("127.0.0.1:" + seed))
                .hazelcast(config -> config.setProperty("hazelcast.max.join.seconds", "3"));
    }

    private static Security withStores(Security secret, TestAuthority own, TestAuthority trusted)
            throws GeneralSecurityException, IOException {
        return secret.mutualTls(own.keyStore(TestAuthority.VALID), trusted.trustStore(), TestAuthority.PASSWORD);
    }

    private static int port(Cluster member) {
        return member.hazelcast()
                .getCluster()
                .getLocalMember()
                .getSocketAddress()
                .getPort();
    }
}
