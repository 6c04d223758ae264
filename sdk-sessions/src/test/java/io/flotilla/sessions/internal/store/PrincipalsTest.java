package io.flotilla.sessions.internal.store;

import static io.flotilla.sessions.internal.wire.Messages.birth;
import static io.flotilla.sessions.internal.wire.Messages.login;
import static io.flotilla.sessions.internal.wire.Messages.secret;
import static io.flotilla.sessions.internal.wire.Messages.set;
import static org.assertj.core.api.Assertions.assertThat;

import io.flotilla.ClusterBuilder;
import io.flotilla.sessions.internal.store.SessionRepository.Opened;
import io.flotilla.sessions.internal.wire.AttributeChange;
import io.flotilla.sessions.internal.wire.CommitReply;
import io.flotilla.sessions.internal.wire.HeadChange;
import io.flotilla.sessions.internal.wire.Messages;
import io.flotilla.sessions.internal.wire.OpenReply;
import io.flotilla.sessions.internal.wire.SessionSummary;
import io.flotilla.sessions.internal.wire.StoredAttribute;
import io.flotilla.sessions.internal.wire.Version;
import io.flotilla.spi.Seldom;
import io.flotilla.testkit.ClusterTest;
import io.flotilla.testkit.ExpectLog;
import io.flotilla.testkit.TestCluster;
import io.flotilla.testkit.TestTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;

/** Sessions found, ended and limited by whose they are. */
@Timeout(120)
final class PrincipalsTest implements ClusterTest.Setup {
    private static final String ANN = "ann";
    private static final String BOB = "bob";

    private final List<EndedSession> told = new CopyOnWriteArrayList<>();
    private final Map<Integer, Member> members = new HashMap<>();

    @Override
    public void configure(int i, ClusterBuilder member) {
        ModuleProbe.install(member);
    }

    /** One member's part, with a limit of two sessions a principal. */
    private final class Member {
        private final ModuleProbe probe;
        private final Principals principals;
        private final SessionRepository repository;
        private final Sweeper sweeper;

        Member(TestCluster cluster, int i) {
            probe = ModuleProbe.of(cluster.member(i));
            SessionsMetrics metrics = new SessionsMetrics(new SimpleMeterRegistry());
            Aftermath aftermath = probe.aftermath(metrics);
            EndListeners listeners = new EndListeners();
            listeners.register(Messages.APPLICATION, new EndListener() {
                @Override
                public boolean wants(boolean anyBound) {
                    return true;
                }

                @Override
                public void ended(EndedSession session) {
                    told.add(session);
                }
            });
            Enders enders = new Enders(
                    probe.records(), probe.calls(), listeners, probe.context().newPool("test", 2), aftermath);
            sweeper = new Sweeper(
                    cluster.member(i).hazelcast(), probe.records(), probe.calls(), listeners, enders, aftermath);
            Seldom lines = new Seldom(Duration.ofMinutes(1), probe.context().ticker());
            principals = new Principals(probe.index(), probe.records(), probe.calls(), enders, 2, lines);
            repository = new SessionRepository(
                    new ClusteredStore(probe.records(), probe.calls(), aftermath, probe::member),
                    principals,
                    new Snapshots(1 << 20, probe.context().ticker()),
                    metrics,
                    Duration.ofSeconds(10),
                    probe.context().ticker());
        }

        void create(String key, @Nullable String principal) {
            List<AttributeChange> changes =
                    principal == null ? List.of() : List.of(login("user", Version.NONE, principal));
            commit(key, new Changes(birth("s", 600), Version.NONE, changes, PrincipalMove.of(null, principal)));
        }

        /** Changes whose the session is. */
        void move(String key, @Nullable String to) {
            Opened opened = repository.open(key, secret("s"));
            StoredAttribute before = opened.snapshot().attributes().get("user");
            Version base = before == null ? Version.NONE : before.version();
            AttributeChange change = to == null ? Messages.remove("user", base) : login("user", base, to);
            PrincipalMove move = PrincipalMove.of(
                    Optional.ofNullable(before)
                            .map(each -> each.value().principal())
                            .orElse(null),
                    to);
            commit(key, new Changes(HeadChange.NONE, opened.snapshot().version(), List.of(change), move));
        }

        private void commit(String key, Changes changes) {
            assertThat(repository.commit(key, changes).status()).isEqualTo(CommitReply.Status.APPLIED);
        }

        OpenReply.Status open(String key) {
            return repository.open(key, secret("s")).reply().status();
        }

        List<String> find(String principal) {
            return principals.find(principal).stream()
                    .map(Principals.Found::key)
                    .toList();
        }

        Set<String> listed(String principal) {
            return probe.index().of(principal);
        }
    }

    private Member member(TestCluster cluster, int i) {
        return members.computeIfAbsent(i, same -> new Member(cluster, i));
    }

    private static void pass(TestTime time, Duration duration) {
        time.setClock(time.now().plus(duration));
    }

    @ClusterTest(members = 2)
    void findsThePrincipalsSessionsFromEveryNodeTheMostRecentFirst(TestCluster cluster, TestTime time) {
        member(cluster, 0).create("one", ANN);
        pass(time, Duration.ofSeconds(1));
        member(cluster, 1).create("two", ANN);
        member(cluster, 0).create("other", BOB);
        member(cluster, 0).create("nobodys", null);

        assertThat(member(cluster, 0).find(ANN)).containsExactly("two", "one");
        assertThat(member(cluster, 1).find(ANN)).containsExactly("two", "one");
        pass(time, Duration.ofSeconds(1));
        member(cluster, 1).open("one");
        assertThat(member(cluster, 1).find(ANN)).containsExactly("one", "two");
        assertThat(member(cluster, 1).find("nobody")).isEmpty();
    }

    @ClusterTest(members = 1)
    void whatIsSeenIsNoValueAndNoAccess(TestCluster cluster, TestTime time) {
        Member member = member(cluster, 0);
        long created = time.now().toEpochMilli();
        member.create("one", ANN);
        pass(time, Duration.ofSeconds(10));
        member.find(ANN);
        SessionSummary summary = member.principals.find(ANN).get(0).summary();

        assertThat(summary.created()).isEqualTo(created);
        assertThat(summary.lastAccessed()).isEqualTo(created);
        assertThat(summary.maxInactiveSeconds()).isEqualTo(600);
        assertThat(summary.sizes()).isEqualTo(Map.of("user", 3));
    }

    @ClusterTest(members = 2)
    void endedSessionServesNoRequestOnAnyNodeAndIsToldOnce(TestCluster cluster, TestTime time) {
        member(cluster, 0).create("one", ANN);
        member(cluster, 0).create("two", ANN);
        Opened running = member(cluster, 1).repository.open("one", secret("s"));

        assertThat(member(cluster, 1).principals.end(ANN, "one")).isTrue();

        assertThat(member(cluster, 0).open("one")).isEqualTo(OpenReply.Status.GONE);
        assertThat(member(cluster, 1).open("one")).isEqualTo(OpenReply.Status.GONE);
        assertThat(member(cluster, 1)
                        .repository
                        .commit(
                                "one",
                                new Changes(
                                        HeadChange.NONE,
                                        running.snapshot().version(),
                                        List.of(set("a", Version.NONE, "late"))))
                        .status())
                .isEqualTo(CommitReply.Status.GONE);
        assertThat(member(cluster, 0).principals.end(ANN, "one")).as("again").isFalse();
        assertThat(member(cluster, 0).find(ANN)).containsExactly("two");
        Awaitility.await().until(() -> !member(cluster, 0).listed(ANN).contains("one"));
        assertThat(told).hasSize(1);
        assertThat(told.get(0).key()).isEqualTo("one");
        cluster.running().forEach(i -> {
            for (int turn = 0; turn < Sweeper.TURNS; turn++) {
                member(cluster, i).sweeper.run();
            }
        });
        assertThat(told).hasSize(1);
    }

    @ClusterTest(members = 1)
    void sessionOfAnotherPrincipalIsNotEnded(TestCluster cluster, TestTime time) {
        Member member = member(cluster, 0);
        member.create("one", ANN);

        assertThat(member.principals.end(BOB, "one")).isFalse();
        assertThat(member.open("one")).isNotEqualTo(OpenReply.Status.GONE);
    }

    @ClusterTest(members = 2)
    void sessionsNotUsedForLongestEndWhenThereAreTooMany(TestCluster cluster, TestTime time) {
        member(cluster, 0).create("one", ANN);
        pass(time, Duration.ofSeconds(1));
        member(cluster, 1).create("two", ANN);
        pass(time, Duration.ofSeconds(1));
        member(cluster, 0).open("one");
        pass(time, Duration.ofSeconds(1));
        member(cluster, 1).create("three", ANN);
        member(cluster, 0).create("other", BOB);

        assertThat(member(cluster, 0).find(ANN)).containsExactly("three", "one");
        assertThat(member(cluster, 0).open("two")).isEqualTo(OpenReply.Status.GONE);
        Awaitility.await().until(() -> told.size() == 1);
        assertThat(told.get(0).key()).isEqualTo("two");
    }

    @ClusterTest(members = 1)
    void principalChangesOnlyWithItsAttribute(TestCluster cluster, TestTime time) {
        Member member = member(cluster, 0);
        member.create("one", null);
        member.move("one", ANN);
        assertThat(member.find(ANN)).containsExactly("one");
        member.move("one", BOB);
        assertThat(member.find(ANN)).isEmpty();
        assertThat(member.find(BOB)).containsExactly("one");
        member.move("one", null);
        assertThat(member.find(BOB)).isEmpty();
        assertThat(member.open("one")).isNotEqualTo(OpenReply.Status.GONE);
    }

    @ClusterTest(members = 1)
    void listsForgetWhoIsNotThereButNotWhoMayBeComing(TestCluster cluster, TestTime time) {
        Member member = member(cluster, 0);
        member.probe.index().join(ANN, "coming");
        assertThat(member.find(ANN)).isEmpty();
        pass(time, Duration.ofMinutes(2));
        assertThat(member.find(ANN)).isEmpty();
        assertThat(member.listed(ANN)).containsExactly("coming");
        member.create("coming", ANN);
        assertThat(member.find(ANN)).containsExactly("coming");

        member.probe.index().join(ANN, "never");
        pass(time, Duration.ofMinutes(2).plusMillis(1));
        assertThat(member.find(ANN)).containsExactly("coming");
        Awaitility.await().untilAsserted(() -> assertThat(member.listed(ANN)).containsExactly("coming"));
    }

    @ClusterTest(members = 1)
    void expiredAndInvalidatedSessionsLeaveTheList(TestCluster cluster, TestTime time) {
        Member member = member(cluster, 0);
        member.create("expired", ANN);
        member.create("invalidated", BOB);
        member.repository.invalidate("invalidated", 3);
        Awaitility.await().until(() -> member.listed(BOB).isEmpty());
        member.create("abandoned", BOB);
        member.repository.abandon("abandoned", 4);
        Awaitility.await().until(() -> member.listed(BOB).isEmpty());
        pass(time, Duration.ofSeconds(601));
        assertThat(member.find(ANN)).isEmpty();
        for (int turn = 0; turn < Sweeper.TURNS; turn++) {
            member.sweeper.run();
        }

        Awaitility.await().until(() -> member.listed(ANN).isEmpty());
        assertThat(told).hasSize(1);
    }

    @ClusterTest(members = 3)
    @ExpectLog("has stopped although nobody closed it")
    void listsSurviveTheLossOfAMember(TestCluster cluster, TestTime time) {
        for (int n = 0; n < 20; n++) {
            member(cluster, 0).create("session" + n, "user" + n);
        }
        cluster.kill(0);
        cluster.awaitSize(2);

        for (int n = 0; n < 20; n++) {
            assertThat(member(cluster, 1).find("user" + n)).containsExactly("session" + n);
        }
    }
}
