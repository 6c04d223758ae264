package io.flotilla.sessions.internal.store;

import static io.flotilla.sessions.internal.wire.Messages.APPLICATION;
import static io.flotilla.sessions.internal.wire.Messages.newSession;
import static io.flotilla.sessions.internal.wire.Messages.secret;
import static io.flotilla.sessions.internal.wire.Messages.set;
import static io.flotilla.sessions.internal.wire.Messages.texts;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.core.HazelcastInstance;
import io.flotilla.ClusterBuilder;
import io.flotilla.sessions.internal.wire.EndCause;
import io.flotilla.sessions.internal.wire.OpenReply;
import io.flotilla.sessions.internal.wire.OwnerContext;
import io.flotilla.sessions.internal.wire.Sweep;
import io.flotilla.sessions.internal.wire.Version;
import io.flotilla.spi.Deadline;
import io.flotilla.testkit.ClusterTest;
import io.flotilla.testkit.ExpectLog;
import io.flotilla.testkit.TestCluster;
import io.flotilla.testkit.TestTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** Ends without a request, over a cluster whose members sweep when the test says so. */
@Timeout(120)
final class EndersTest implements ClusterTest.Setup {
    private static final int SESSIONS = 20;

    private final List<Told> told = new CopyOnWriteArrayList<>();
    private final CountDownLatch release = new CountDownLatch(1);
    private final Map<Integer, Member> members = new HashMap<>();

    /** What a listener heard, and on which member. */
    private record Told(int member, EndedSession session) {
        String key() {
            return session.key();
        }
    }

    @Override
    public void configure(int i, ClusterBuilder member) {
        ModuleProbe.install(member);
    }

    @AfterEach
    void release() {
        release.countDown();
    }

    /** One member's part, beside the module's own, which never sweeps here. */
    private final class Member {
        private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
        private final EndListeners listeners = new EndListeners();
        private final Enders enders;
        private final Sweeper sweeper;

        Member(TestCluster cluster, int i, Consumer<EndedSession> listener) {
            ModuleProbe probe = ModuleProbe.of(cluster.member(i));
            SessionsMetrics metrics = new SessionsMetrics(meters);
            listeners.register(APPLICATION, new EndListener() {
                @Override
                public boolean wants(boolean anyBound) {
                    return true;
                }

                @Override
                public void ended(EndedSession session) {
                    told.add(new Told(i, session));
                    listener.accept(session);
                }
            });
            enders = new Enders(
                    probe.records(),
                    probe.calls(),
                    listeners,
                    probe.context().newPool("test", 2),
                    probe.aftermath(metrics));
            sweeper = new Sweeper(
                    cluster.member(i).hazelcast(),
                    probe.records(),
                    probe.calls(),
                    listeners,
                    enders,
                    probe.aftermath(metrics));
        }

        void sweep() {
            for (int turn = 0; turn < Sweeper.TURNS; turn++) {
                sweeper.run();
            }
        }

        double ended() {
            return meters.get(SessionsMetrics.ENDED)
                    .tag("cause", "expired")
                    .counter()
                    .count();
        }
    }

    private Member member(TestCluster cluster, int i, Consumer<EndedSession> listener) {
        return members.computeIfAbsent(i, same -> new Member(cluster, i, listener));
    }

    private Member member(TestCluster cluster, int i) {
        return member(cluster, i, session -> {});
    }

    private static SessionStore store(TestCluster cluster, int i) {
        return ModuleProbe.of(cluster.member(i)).store();
    }

    private static OpenReply.Status open(TestCluster cluster, int i, String key) {
        return store(cluster, i).open(key, secret("s"), Version.NONE).status();
    }

    private static void create(TestCluster cluster, String key) {
        store(cluster, 0).commit(key, newSession(1, 1, "s", 60, set("a", Version.NONE, key)));
    }

    private static void pass(TestTime time, Duration duration) {
        time.setClock(time.now().plus(duration));
    }

    private static void awaitGone(TestCluster cluster, int i, String key) {
        ModuleProbe probe = ModuleProbe.of(cluster.member(i));
        Awaitility.await()
                .untilAsserted(() -> assertThat(
                                requireNonNull(probe.records().get(key)).endCause())
                        .as("finished")
                        .isNull());
    }

    /** The key of a session that this member owns. */
    private static String keyOf(TestCluster cluster, int i) {
        HazelcastInstance member = cluster.member(i).hazelcast();
        for (int n = 0; ; n++) {
            String key = "session" + n;
            if (member.getCluster()
                    .getLocalMember()
                    .equals(member.getPartitionService().getPartition(key).getOwner())) {
                return key;
            }
        }
    }

    @ClusterTest(members = 3)
    void everyEndIsToldOnceOnOneMember(TestCluster cluster, TestTime time) {
        for (int n = 0; n < SESSIONS; n++) {
            create(cluster, "session" + n);
        }
        pass(time, Duration.ofSeconds(61));
        for (int round = 0; round < 3; round++) {
            cluster.running().forEach(i -> member(cluster, i).sweep());
        }
        Awaitility.await()
                .untilAsserted(() -> assertThat(members.values().stream()
                                .mapToDouble(Member::ended)
                                .sum())
                        .isEqualTo(SESSIONS));

        assertThat(told).hasSize(SESSIONS);
        assertThat(told.stream().map(Told::key).distinct()).hasSize(SESSIONS);
        assertThat(told.stream().map(Told::member).distinct()).hasSize(3);
        assertThat(told).allSatisfy(each -> {
            assertThat(each.session().cause()).isEqualTo(EndCause.EXPIRED);
            assertThat(each.session().application()).isEqualTo(APPLICATION);
            assertThat(texts(each.session().attributes())).isEqualTo(Map.of("a", each.key()));
            assertThat(each.session().sealedSecret()).asString().isEqualTo("sealed s");
        });
        cluster.running().forEach(i -> member(cluster, i).sweep());
        assertThat(told).as("ends of the remembered").hasSize(SESSIONS);
        assertThat(open(cluster, 1, "session0")).isEqualTo(OpenReply.Status.GONE);
    }

    @ClusterTest(members = 3)
    @ExpectLog("has stopped although nobody closed it")
    void whenTheOwnerDiesWhileItTellsAnotherTellsOfTheSameEvent(TestCluster cluster, TestTime time) throws Exception {
        String key = keyOf(cluster, 0);
        create(cluster, key);
        pass(time, Duration.ofSeconds(61));
        member(cluster, 0, session -> block()).sweep();
        Awaitility.await().until(() -> told.size() == 1);

        cluster.kill(0);
        cluster.awaitSize(2);
        for (int i : cluster.running()) {
            OwnerContext owner = OwnerContext.of(cluster.member(i).hazelcast());
            Awaitility.await().until(() -> owner.lastLoss() != Long.MIN_VALUE);
            member(cluster, i).sweep();
            assertThat(open(cluster, i, key)).isEqualTo(OpenReply.Status.GONE);
        }
        assertThat(told).as("while the lease lasts").hasSize(1);
        pass(time, Sweep.LEASE);
        for (int round = 0; round < 2; round++) {
            cluster.running().forEach(i -> member(cluster, i).sweep());
        }
        awaitGone(cluster, 1, key);
        cluster.running().forEach(i -> member(cluster, i).sweep());

        assertThat(told).hasSize(2);
        assertThat(told.stream().map(each -> each.session().eventId()).collect(Collectors.toSet()))
                .hasSize(1);
        assertThat(texts(told.get(1).session().attributes())).isEqualTo(Map.of("a", key));
        assertThat(open(cluster, 1, key)).isEqualTo(OpenReply.Status.GONE);
    }

    private void block() {
        try {
            boolean ignored = release.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException killed) {
            Thread.currentThread().interrupt();
        }
    }

    @ClusterTest(members = 2)
    void aListenerThatTakesLongKeepsItsLease(TestCluster cluster, TestTime time) {
        String key = keyOf(cluster, 0);
        create(cluster, key);
        pass(time, Duration.ofSeconds(61));
        member(cluster, 0, session -> block()).sweep();
        Awaitility.await().until(() -> told.size() == 1);
        for (int i = 0; i < 5; i++) {
            pass(time, Sweep.LEASE.dividedBy(3));
            member(cluster, 0).enders.run();
            cluster.running().forEach(each -> member(cluster, each).sweep());
        }
        release.countDown();
        awaitGone(cluster, 0, key);

        assertThat(told).hasSize(1);
    }

    @ClusterTest(members = 1)
    @ExpectLog("failed when it was told of a session's end: java.lang.IllegalStateException")
    void aListenerThatFailsStopsNoOther(TestCluster cluster, TestTime time) {
        create(cluster, "one");
        create(cluster, "two");
        pass(time, Duration.ofSeconds(61));
        Member member = member(cluster, 0, session -> {
            throw new IllegalStateException(session.key());
        });
        member.sweep();
        awaitGone(cluster, 0, "one");
        awaitGone(cluster, 0, "two");

        assertThat(told.stream().map(Told::key)).containsExactlyInAnyOrder("one", "two");
    }

    @ClusterTest(members = 1)
    void slowListenersDoNotKeepTheOthersWaiting(TestCluster cluster, TestTime time) {
        create(cluster, "ended");
        store(cluster, 0).invalidate("ended", 2);
        pass(time, Sweep.TOMBSTONES.minusSeconds(60));
        for (int n = 0; n < SESSIONS; n++) {
            create(cluster, "session" + n);
        }
        pass(time, Duration.ofSeconds(61));
        Member member = member(cluster, 0, session -> block());
        member.sweep();
        Awaitility.await().until(() -> told.size() == 2);
        member.sweep();

        assertThat(told).as("two threads, both held up").hasSize(2);
        assertThat(member.meters.get(SessionsMetrics.FORGOTTEN).counter().count())
                .isEqualTo(1);
    }

    @ClusterTest(members = 1)
    void whatIsRunningFinishesBeforeTheMemberLeavesAndNothingElseBegins(TestCluster cluster, TestTime time) {
        for (int n = 0; n < SESSIONS; n++) {
            create(cluster, "session" + n);
        }
        pass(time, Duration.ofSeconds(61));
        Member member = member(cluster, 0, session -> block());
        member.sweep();
        Awaitility.await().until(() -> told.size() == 2);
        member.enders.stop(Deadline.in(
                Duration.ZERO, ModuleProbe.of(cluster.member(0)).context().ticker()));
        release.countDown();
        member.enders.stop(Deadline.in(
                Duration.ofSeconds(30),
                ModuleProbe.of(cluster.member(0)).context().ticker()));
        member.sweep();

        assertThat(told).hasSize(2);
        awaitGone(cluster, 0, told.get(0).key());
        awaitGone(cluster, 0, told.get(1).key());
    }

    @ClusterTest(members = 1)
    void sessionsOfAnApplicationThatIsNotHereAreCountedAfterAMinute(TestCluster cluster, TestTime time) {
        create(cluster, "session");
        Member member = member(cluster, 0);
        member.listeners.unregister(APPLICATION, requireNonNull(member.listeners.of(APPLICATION)));
        pass(time, Duration.ofMinutes(2));
        member.sweep();
        assertThat(member.meters.get(SessionsMetrics.UNHEARD).counter().count()).isZero();
        pass(time, Duration.ofMillis(1));
        member.sweep();

        assertThat(member.meters.get(SessionsMetrics.UNHEARD).counter().count()).isEqualTo(1);
        assertThat(ModuleProbe.of(cluster.member(0)).records().get("session")).isNull();
        assertThat(told).isEmpty();
    }
}
