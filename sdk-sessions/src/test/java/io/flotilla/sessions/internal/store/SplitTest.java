package io.flotilla.sessions.internal.store;

import static io.flotilla.sessions.internal.wire.Messages.changeId;
import static io.flotilla.sessions.internal.wire.Messages.newSession;
import static io.flotilla.sessions.internal.wire.Messages.remove;
import static io.flotilla.sessions.internal.wire.Messages.secret;
import static io.flotilla.sessions.internal.wire.Messages.set;
import static io.flotilla.sessions.internal.wire.Messages.texts;
import static io.flotilla.sessions.internal.wire.Messages.update;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flotilla.ClusterBuilder;
import io.flotilla.ClusterUnavailableException;
import io.flotilla.SplitPolicy;
import io.flotilla.sessions.internal.wire.CommitReply;
import io.flotilla.sessions.internal.wire.OpenReply;
import io.flotilla.sessions.internal.wire.Version;
import io.flotilla.testkit.ClusterTest;
import io.flotilla.testkit.ExpectLog;
import io.flotilla.testkit.TestCluster;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Timeout;

/** Sessions on both sides of a cut, and after it has healed. Sessions enough that each member owns some. */
@Timeout(120)
final class SplitTest implements ClusterTest.Setup {
    private static final int SESSIONS = 30;

    @Override
    public void configure(int i, ClusterBuilder member) {
        ModuleProbe.install(member);
    }

    private static SessionStore store(TestCluster cluster, int i) {
        return ModuleProbe.of(cluster.member(i)).store();
    }

    private static String key(int n) {
        return "session" + n;
    }

    /** Each with attributes a and b, written one after the other. */
    private static List<Version> create(SessionStore store) {
        List<Version> versions = new ArrayList<>();
        for (int n = 0; n < SESSIONS; n++) {
            Version first = store.commit(key(n), newSession(1, 1, "s", set("a", Version.NONE, "old")))
                    .version();
            versions.add(store.commit(key(n), update(1, 2, first, set("b", Version.NONE, "old")))
                    .version());
        }
        return versions;
    }

    private static OpenReply open(SessionStore store, int n) {
        return store.open(key(n), secret("s"), Version.NONE);
    }

    private static Version versionOf(SessionStore store, int n, String attribute) {
        return requireNonNull(open(store, n).attributes().get(attribute)).version();
    }

    private static void write(SessionStore store, int n, String attribute, String value) {
        Version base = versionOf(store, n, attribute);
        assertThat(store.commit(key(n), update(2, n + 3L, open(store, n).version(), set(attribute, base, value)))
                        .status())
                .isEqualTo(CommitReply.Status.APPLIED);
    }

    /** Sessions of which neither copy is on this side cannot be reached there. */
    private static boolean isHere(SessionStore store, int n) {
        return open(store, n).status() != OpenReply.Status.UNAVAILABLE;
    }

    @ClusterTest(members = 3)
    @ExpectLog("was split and heals")
    void whatTheLargerSideDidStaysDone(TestCluster cluster) {
        create(store(cluster, 0));
        cluster.split(Set.of(0, 1), Set.of(2));
        SessionStore larger = store(cluster, 0);
        Awaitility.await()
                .untilAsserted(() -> assertThatThrownBy(() -> open(store(cluster, 2), 0))
                        .isInstanceOf(ClusterUnavailableException.class)
                        .hasMessageContaining("has lost sight of 2 members"));
        for (int n = 0; n < SESSIONS; n++) {
            if (n % 2 == 0) {
                larger.invalidate(key(n), 13);
            } else {
                write(larger, n, "a", "new");
            }
        }

        cluster.heal();

        for (int i : cluster.running()) {
            for (int n = 0; n < SESSIONS; n++) {
                OpenReply reply = open(store(cluster, i), n);
                if (n % 2 == 0) {
                    assertThat(reply.status()).as(key(n)).isEqualTo(OpenReply.Status.GONE);
                } else {
                    assertThat(texts(reply.attributes())).as(key(n)).isEqualTo(Map.of("a", "new", "b", "old"));
                }
            }
        }
    }

    @ClusterTest(members = 4)
    @ExpectLog(value = "was split and heals", required = false)
    void whatBothSidesDidIsMerged(TestCluster.Builder builder) {
        TestCluster cluster = builder.configure((i, member) -> member.splitPolicy(SplitPolicy.KEEP_SERVING))
                .start();
        create(store(cluster, 0));
        cluster.split(Set.of(0, 1), Set.of(2, 3));
        SessionStore one = store(cluster, 0);
        SessionStore two = store(cluster, 2);
        List<Integer> both = new ArrayList<>();
        for (int n = 0; n < SESSIONS; n++) {
            if (isHere(one, n) && isHere(two, n)) {
                both.add(n);
            }
        }
        assertThat(both).as("sessions with a copy on each side").hasSizeGreaterThan(3);
        for (int n : both) {
            switch (n % 4) {
                case 0 -> one.invalidate(key(n), 14);
                case 1 -> two.invalidate(key(n), 15);
                case 2 -> {
                    write(one, n, "a", "one");
                    write(two, n, "b", "two");
                    two.commit(key(n), update(3, 1, open(two, n).version(), set("c", Version.NONE, "two")));
                }
                default -> {
                    Version seen = open(two, n).version();
                    two.commit(key(n), update(3, 1, seen, remove("b", versionOf(two, n, "b"))));
                    one.commit(key(n), changeId(3, 2, open(one, n).version(), "s", "t"));
                }
            }
        }

        cluster.heal();

        for (int n : both) {
            SessionStore store = store(cluster, n % 3);
            switch (n % 4) {
                case 0, 1 -> assertThat(open(store, n).status()).as(key(n)).isEqualTo(OpenReply.Status.GONE);
                case 2 ->
                    assertThat(texts(open(store, n).attributes()))
                            .as(key(n))
                            .isEqualTo(Map.of("a", "one", "b", "two", "c", "two"));
                default -> {
                    assertThat(open(store, n).found()).as("under the old id").isFalse();
                    OpenReply renamed = store.open(key(n), secret("t"), Version.NONE);
                    assertThat(texts(renamed.attributes())).as(key(n)).isEqualTo(Map.of("a", "old"));
                }
            }
        }
    }

    @ClusterTest(members = 1)
    void everyMapNamesItsMergePolicy(TestCluster cluster) {
        Map<String, String> policies = new HashMap<>();
        cluster.member(0).hazelcast().getConfig().getMapConfigs().forEach((name, map) -> {
            if (!name.equals("default")) {
                policies.put(name, map.getMergePolicyConfig().getPolicy());
            }
        });
        assertThat(policies)
                .isEqualTo(Map.of(
                        "sessions", "io.flotilla.sessions.internal.wire.SessionMergePolicy",
                        "sessions.principals", "io.flotilla.sessions.internal.wire.PrincipalMergePolicy",
                        "sessions.histories", "com.hazelcast.spi.merge.PutIfAbsentMergePolicy"));
    }
}
