package io.flotilla.internal.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hazelcast.config.Config;
import io.flotilla.Cluster;
import io.flotilla.ClusterBuilder;
import io.flotilla.ClusterStartException;
import io.flotilla.Discovery;
import io.flotilla.Security;
import io.flotilla.testkit.CleanSlate;
import io.flotilla.testkit.ExpectLog;
import io.flotilla.testkit.TestTime;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Real members on loopback that look for each other. */
@Tag("cluster")
@Timeout(120)
@ExtendWith(CleanSlate.class)
final class JoinTest {
    /** Knows nobody, and lets in whoever comes: without any discovery it would have a secret that nobody knows. */
    private static final Discovery NOBODY = List::of;

    private static Cluster start(String cluster, String node, Discovery discovery) {
        return node(cluster, node).discovery(discovery).start();
    }

    private static ClusterBuilder node(String cluster, String node) {
        return Cluster.builder(cluster).node(node).hazelcast(JoinTest::searchOften);
    }

    private static void searchOften(Config config) {
        config.setProperty("hazelcast.merge.first.run.delay.seconds", "1");
        config.setProperty("hazelcast.merge.next.run.delay.seconds", "1");
    }

    private static int port(Cluster cluster) {
        return cluster.hazelcast().getCluster().getLocalMember().getAddress().getPort();
    }

    private static int size(Cluster cluster) {
        return cluster.hazelcast().getCluster().getMembers().size();
    }

    @Test
    void throughAName() {
        try (Cluster first = start("named", "a", NOBODY);
                Cluster second = start("named", "b", Discovery.dns("localhost", port(first)))) {
            assertThat(size(second)).isEqualTo(2);
        }
    }

    @Test
    void throughTheApiOfKubernetes() throws IOException {
        try (FakeCloud api = FakeCloud.start();
                Cluster first = start("pods", "a", NOBODY)) {
            api.answer("/apis/discovery.k8s.io/v1/namespaces/web/endpointslices", """
                    {"items": [{"ports": [{"port": 8080}], "endpoints": [
                      {"addresses": ["127.0.0.1"], "conditions": {"ready": true}}]}]}""");
            Map<String, String> properties = Map.of(
                    "kubernetes-master", api.url(),
                    "namespace", "web",
                    "service-name", "shop",
                    "api-token", "t0ken",
                    "ca-certificate", "");

            try (Cluster second = start("pods", "b", Discovery.kubernetes(properties, port(first)))) {
                assertThat(size(second)).isEqualTo(2);
                assertThat(second.hazelcast().getConfig().toString())
                        .as("what Hazelcast may print")
                        .doesNotContain("t0ken");
            }
        }
    }

    @Test
    @ExpectLog("Failure in executing REST call|Could not join cluster")
    void anApiThatCannotBeReachedFailsTheStartAndIsNamed() {
        Discovery unreachable = Discovery.kubernetes(
                Map.of(
                        "kubernetes-master", "http://127.0.0.1:1",
                        "kubernetes-api-retries", "0",
                        "namespace", "web",
                        "api-token", "t0ken",
                        "ca-certificate", ""),
                5701);

        assertThatThrownBy(() -> start("lost", "a", unreachable))
                .isInstanceOf(ClusterStartException.class)
                .hasMessageStartingWith("cluster 'lost' could not start: the join was refused or timed out; looked for"
                        + " members at kubernetes[api-token=***, ca-certificate=***, expose-externally=false,"
                        + " kubernetes-api-retries=0, kubernetes-master=http://127.0.0.1:1, namespace=web; port 5701],"
                        + " which failed with com.hazelcast.spi.exception.RestClientException: Failure in executing REST"
                        + " call");
    }

    /** Everybody knows everybody, and the oldest of each cluster goes on searching for a lost half. */
    @Test
    void clustersOfDifferentNamesNeverMix() {
        List<String> everybody = new CopyOnWriteArrayList<>();
        AtomicInteger searches = new AtomicInteger();
        Discovery discovery = () -> {
            searches.incrementAndGet();
            return everybody;
        };
        try (Cluster shop = start("shop", "a", discovery)) {
            everybody.add("127.0.0.1:" + port(shop));
            try (Cluster other = start("other", "b", discovery)) {
                everybody.add("127.0.0.1:" + port(other));
                try (Cluster second = start("other", "c", discovery);
                        Cluster late = start("shop", "d", discovery)) {
                    int before = searches.get();
                    await().atMost(Duration.ofSeconds(30)).until(() -> searches.get() >= before + 6);

                    for (Cluster each : List.of(shop, other, second, late)) {
                        assertThat(size(each)).as(each.toString()).isEqualTo(2);
                    }
                }
            }
        }
    }

    @Test
    @ExpectLog(
            "cluster 'other': node 'b' is alone; looked for members at 127\\.0\\.0\\.1:\\d+ \\(listens; it did not let"
                    + " this node in; is it of another cluster or version\\?\\)\\. It joins them when they come; .*")
    void whoKnowsAnotherClusterOnlyIsToldSo() {
        TestTime time = new TestTime();
        try (Cluster shop = start("shop", "a", NOBODY);
                Cluster other = node("other", "b")
                        .scheduler(time.scheduler())
                        .discovery(Discovery.members("127.0.0.1:" + port(shop)))
                        .start();
                LogLines lines = LogLines.of("io.flotilla.internal.MembershipLog")) {
            time.advance(Duration.ofSeconds(5));

            await().until(() -> lines.all().stream().anyMatch(each -> each.contains("is alone")));
            assertThat(size(shop)).isEqualTo(1);
            assertThat(size(other)).isEqualTo(1);
        }
    }

    /** With security a name is proven, and who has another one is kept out before Hazelcast hears of it. */
    @Test
    @ExpectLog("Could not join cluster")
    @ExpectLog("cluster 'other': no connection to")
    @ExpectLog(value = "cluster 'shop': refused a connection from", required = false)
    @ExpectLog(value = "cluster 'shop': node 'a' is alone", required = false) // the other one's start takes its time
    void withSecurityTooWhoKnowsAnotherClusterOnlyIsToldSo() {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        Security secret = Security.secret(random);
        try (Cluster shop = node("shop", "a").security(secret).discovery(NOBODY).start()) {
            String address = "127.0.0.1:" + port(shop);
            ClusterBuilder other = Cluster.builder("other")
                    .node("b")
                    .security(secret)
                    .discovery(Discovery.members(address))
                    .hazelcast(config -> config.setProperty("hazelcast.max.join.seconds", "3"));

            assertThatThrownBy(other::start)
                    .isInstanceOf(ClusterStartException.class)
                    .hasMessage(
                            "cluster 'other' could not start: the join was refused or timed out; looked for members at "
                                    + address
                                    + " (listens; it refused this member: their secrets differ, or the names of their clusters do)");
        }
    }
}
