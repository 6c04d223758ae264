package io.flotilla.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flotilla.ClusterBuilder;
import io.flotilla.testkit.ClusterTest;
import io.flotilla.testkit.ExpectLog;
import io.flotilla.testkit.TestCluster;
import io.flotilla.testkit.TestTime;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The table of nodes over a cluster of several members. */
class NodeTableTest implements ClusterTest.Setup {

    @Override
    public void configure(int i, ClusterBuilder member) {
        member.install(
                Health.module(h -> h.url(URI.create("http://10.0.0." + i)).drainQuiet(Duration.ZERO)));
    }

    private static Health health(TestCluster cluster, int i) {
        return cluster.member(i).get(Health.class);
    }

    private static List<String> table(TestCluster cluster, int i) {
        return health(cluster, i).nodes().stream()
                .map(each -> each.node() + " " + each.state() + " " + each.weight())
                .toList();
    }

    private static void awaitTables(TestCluster cluster, String... rows) {
        for (int i : cluster.running()) {
            await("table of n" + i)
                    .untilAsserted(() -> assertThat(table(cluster, i)).containsExactly(rows));
        }
    }

    @ClusterTest(members = 3)
    void everyNodeSeesEveryNode(TestCluster cluster) {
        awaitTables(cluster, "n0 UP 100", "n1 UP 100", "n2 UP 100");
        assertThat(health(cluster, 1).nodes()).extracting(NodeStatus::self).containsExactly(false, true, false);
        assertThat(health(cluster, 1).nodes())
                .extracting(each -> each.url().orElseThrow().toString())
                .containsExactly("http://10.0.0.0", "http://10.0.0.1", "http://10.0.0.2");
        assertThat(health(cluster, 1).nodes())
                .allSatisfy(each -> assertThat(each.lastSeen().orElseThrow()).isLessThan(Duration.ofSeconds(3)));
    }

    @ClusterTest(members = 3)
    void aNodeThatIsGoneHasNoRow(TestCluster cluster) {
        awaitTables(cluster, "n0 UP 100", "n1 UP 100", "n2 UP 100");
        cluster.kill(1);
        awaitTables(cluster, "n0 UP 100", "n2 UP 100");
        cluster.close(2);
        awaitTables(cluster, "n0 UP 100");
        cluster.restart(1);
        awaitTables(cluster, "n0 UP 100", "n1 UP 100");
    }

    @ClusterTest(members = 2)
    void othersSeeAtOnceThatANodeIsTakenOut(TestCluster cluster, TestTime time) {
        time.advance(Duration.ofSeconds(1));
        awaitTables(cluster, "n0 UP 100", "n1 UP 100");

        health(cluster, 1).drain(); // and no time passes
        awaitTables(cluster, "n0 UP 100", "n1 DRAINING 0");
        health(cluster, 1).resume();
        awaitTables(cluster, "n0 UP 100", "n1 UP 100");
    }

    @ClusterTest(members = 2)
    @ExpectLog("was split and heals")
    void bothSidesOfASplitKnowEachOtherAgainWhenItHeals(TestCluster cluster) {
        awaitTables(cluster, "n0 UP 100", "n1 UP 100");
        cluster.split(Set.of(0), Set.of(1));
        assertThat(table(cluster, 0)).containsExactly("n0 UP 100");
        assertThat(table(cluster, 1)).containsExactly("n1 UP 100");
        cluster.heal();
        awaitTables(cluster, "n0 UP 100", "n1 UP 100");
    }
}
