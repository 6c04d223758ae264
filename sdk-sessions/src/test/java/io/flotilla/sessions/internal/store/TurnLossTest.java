package io.flotilla.sessions.internal.store;

import static io.flotilla.sessions.internal.wire.Messages.newSession;
import static io.flotilla.sessions.internal.wire.Messages.secret;
import static io.flotilla.sessions.internal.wire.Messages.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hazelcast.core.HazelcastInstance;
import io.flotilla.ClusterBuilder;
import io.flotilla.ClusterUnavailableException;
import io.flotilla.sessions.internal.wire.Commit;
import io.flotilla.sessions.internal.wire.CommitReply;
import io.flotilla.sessions.internal.wire.HeadChange;
import io.flotilla.sessions.internal.wire.OpenReply;
import io.flotilla.sessions.internal.wire.Version;
import io.flotilla.testkit.ClusterTest;
import io.flotilla.testkit.TestCluster;
import io.flotilla.testkit.TestTime;
import java.util.List;

/** Members that crash while an exclusive request runs. Time stands still: no turn runs out. */
final class TurnLossTest implements ClusterTest.Setup {
    private static final int OWNER = 0;
    private static final int HOLDER = 1;
    private static final int WAITER = 2;

    @Override
    public void configure(int i, ClusterBuilder member) {
        ModuleProbe.install(member);
    }

    private static SessionStore store(TestCluster cluster, int i) {
        return ModuleProbe.of(cluster.member(i)).store();
    }

    private static String keyOfOwner(TestCluster cluster) {
        HazelcastInstance member = cluster.member(OWNER).hazelcast();
        int n = 0;
        while (!member.getCluster()
                .getLocalMember()
                .equals(member.getPartitionService().getPartition("session" + n).getOwner())) {
            n++;
        }
        return "session" + n;
    }

    private static Commit change(String name, Version seen, long turn) {
        return new Commit(7, 1, seen, HeadChange.NONE, List.of(set(name, Version.NONE, "1")), turn);
    }

    private static OpenReply openInTurn(TestCluster cluster, int i, String key) {
        return store(cluster, i).openInTurn(key, secret("s"), Version.NONE, i, false);
    }

    @ClusterTest(members = 3)
    void turnIsFreeWhenTheMemberThatHadItIsLost(TestCluster cluster, TestTime time) {
        String key = keyOfOwner(cluster);
        store(cluster, WAITER).commit(key, newSession(1, 1, "s"));
        assertThat(openInTurn(cluster, HOLDER, key).found()).isTrue();
        assertThat(openInTurn(cluster, WAITER, key).status()).isEqualTo(OpenReply.Status.BUSY);
        cluster.kill(HOLDER);

        await().until(() -> openInTurn(cluster, WAITER, key).found());
    }

    @ClusterTest(members = 3)
    void turnStaysWhoseItIsWhenTheOwnerIsLost(TestCluster cluster, TestTime time) {
        String key = keyOfOwner(cluster);
        store(cluster, WAITER).commit(key, newSession(1, 1, "s"));
        OpenReply held = openInTurn(cluster, HOLDER, key);
        cluster.kill(OWNER);

        assertThat(openInTurn(cluster, WAITER, key).status()).isEqualTo(OpenReply.Status.BUSY);
        assertThat(store(cluster, HOLDER)
                        .commit(key, change("x", held.version(), held.turn()))
                        .status())
                .isEqualTo(CommitReply.Status.APPLIED);
        await().until(() -> store(cluster, HOLDER)
                .giveTurnBack(key, HOLDER)
                .toCompletableFuture()
                .join());
        assertThat(openInTurn(cluster, WAITER, key).attributes()).containsOnlyKeys("x");
    }

    @ClusterTest(members = 2)
    void memberThatHasStoppedIsUnavailableForExclusiveRequestsToo(TestCluster cluster, TestTime time) {
        SessionStore store = store(cluster, HOLDER);
        cluster.kill(HOLDER);

        assertThatThrownBy(() -> store.openInTurn("k", secret("s"), Version.NONE, 1, false))
                .isInstanceOf(ClusterUnavailableException.class);
        assertThatThrownBy(() -> store.keepTurn("k", 1, 1)).isInstanceOf(ClusterUnavailableException.class);
        assertThatThrownBy(() -> store.giveTurnBack("k", 1)).isInstanceOf(ClusterUnavailableException.class);
    }
}
