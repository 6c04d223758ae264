package io.flotilla.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.map.IMap;
import io.flotilla.Cluster;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("cluster")
@ExtendWith(CleanSlate.class)
final class TestClusterTest {

    @ClusterTest(members = 3)
    void startsAndNumbersMembers(TestCluster cluster) {
        assertThat(cluster.members()).hasSize(3);
        assertThat(cluster.member(2).node()).isEqualTo("n2");
        assertThat(cluster.member(0).name()).isEqualTo("testclustertest");
        assertThat(cluster.member(1).hazelcast().getCluster().getMembers()).hasSize(3);
    }

    @ClusterTest(members = 3)
    void crashKeepsWhatHasABackup(TestCluster cluster) {
        IMap<Integer, String> map = cluster.member(0).hazelcast().getMap("data");
        for (int i = 0; i < 100; i++) {
            CertainWrites.set(map, i, "value");
        }

        cluster.kill(0);
        cluster.awaitSize(2);

        assertThat(cluster.running()).containsExactly(1, 2);
        assertThat(cluster.member(0).state()).isEqualTo(Cluster.State.CLOSED);
        assertThat(cluster.member(1).hazelcast().getMap("data").size()).isEqualTo(100);
    }

    @ClusterTest(members = 2)
    void comesBackAfterCrashAndAfterLeaving(TestCluster cluster) {
        cluster.kill(0);
        cluster.restart(0);
        cluster.close(1);
        cluster.awaitSize(1);
        cluster.restart(1);

        assertThat(cluster.running()).containsExactly(0, 1);
        assertThat(cluster.add()).isEqualTo(2);
        assertThat(cluster.member(0).hazelcast().getCluster().getMembers()).hasSize(3);
    }

    @ClusterTest(members = 3)
    @ExpectLog("was split and heals: node 'n0' gives up its side's state")
    void splitsAndHeals(TestCluster cluster) {
        cluster.split(Set.of(0));

        IMap<String, String> minority = cluster.member(0).hazelcast().getMap("data");
        IMap<String, String> majority = cluster.member(1).hazelcast().getMap("data");
        minority.set("key", "minority");
        majority.set("key", "majority");
        assertThat(minority.get("key")).isEqualTo("minority");
        assertThat(majority.get("key")).isEqualTo("majority");

        cluster.heal();

        assertThat(minority.get("key")).isEqualTo(majority.get("key"));
        assertThat(cluster.member(0).hazelcast().getCluster().getMembers()).hasSize(3);
    }

    @ClusterTest(members = 2)
    void refusesToStartMembersWhileSplit(TestCluster cluster) {
        cluster.split(Set.of(0), Set.of(1));

        assertThatThrownBy(cluster::add).hasMessage("heal the cluster before you start a member");
    }

    @Test
    void worksWithoutTheAnnotation() {
        TestTime time = new TestTime();
        try (TestCluster cluster =
                TestCluster.of("by-hand").members(1).time(time).start()) {
            assertThat(cluster.member(0).name()).isEqualTo("by-hand");
            assertThat(time.scheduledTasks()).isPositive();
        }
    }

    @ClusterTest(members = 2)
    void handsOutABuilder(TestCluster.Builder builder, TestTime time) {
        TestCluster cluster = builder.start();

        assertThat(cluster.members()).hasSize(2);
        assertThat(time.scheduledTasks()).isPositive();
    }
}
