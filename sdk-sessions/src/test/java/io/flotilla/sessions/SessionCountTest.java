package io.flotilla.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flotilla.ClusterBuilder;
import io.flotilla.ClusterUnavailableException;
import io.flotilla.sessions.internal.store.ClusteredStore;
import io.flotilla.sessions.internal.store.ModuleProbe;
import io.flotilla.sessions.internal.wire.Messages;
import io.flotilla.sessions.internal.wire.Version;
import io.flotilla.testkit.ClusterTest;
import io.flotilla.testkit.TestCluster;
import io.flotilla.testkit.TestTime;
import java.time.Duration;

final class SessionCountTest implements ClusterTest.Setup {

    @Override
    public void configure(int i, ClusterBuilder member) {
        ModuleProbe.install(member);
    }

    private static void make(TestCluster cluster, String prefix, int count, int timeoutSeconds) {
        ClusteredStore store = ModuleProbe.of(cluster.member(0)).store();
        for (int i = 0; i < count; i++) {
            store.commit(
                    prefix + i, Messages.newSession(1, 1, "s", timeoutSeconds, Messages.set("a", Version.NONE, "tea")));
        }
    }

    private static long count(TestCluster cluster, int i) {
        return cluster.member(i).get(Sessions.class).count();
    }

    @ClusterTest(members = 3)
    void livingSessionsOfAllMembersCountAndNothingElse(TestCluster cluster, TestTime time) {
        assertThat(count(cluster, 0)).isZero();
        make(cluster, "short-", 20, 60);
        make(cluster, "long-", 30, 3600);
        make(cluster, "endless-", 5, 0);
        assertThat(count(cluster, 1)).isEqualTo(55);

        for (int i = 0; i < 10; i++) {
            ModuleProbe.of(cluster.member(1)).store().invalidate("long-" + i, i);
        }
        assertThat(count(cluster, 2)).as("tombstones are no sessions").isEqualTo(45);
        time.setClock(time.now().plus(Duration.ofSeconds(61)));
        assertThat(count(cluster, 2)).as("expired, and not swept").isEqualTo(25);
        assertThat(count(cluster, 0)).isEqualTo(25);
    }

    @ClusterTest(members = 3)
    void crashOfAMemberTakesNoneAway(TestCluster cluster) {
        make(cluster, "long-", 60, 3600);
        cluster.kill(2);

        assertThat(count(cluster, 0)).isEqualTo(60);
    }

    @ClusterTest(members = 1)
    void countIsRefusedByAMemberThatIsLeaving(TestCluster cluster) {
        Sessions sessions = cluster.member(0).get(Sessions.class);
        cluster.close(0);

        assertThatThrownBy(sessions::count).isInstanceOf(ClusterUnavailableException.class);
    }
}
