package io.flotilla.sessions.internal.store;

import static io.flotilla.sessions.internal.wire.Messages.changeId;
import static io.flotilla.sessions.internal.wire.Messages.newSession;
import static io.flotilla.sessions.internal.wire.Messages.remove;
import static io.flotilla.sessions.internal.wire.Messages.secret;
import static io.flotilla.sessions.internal.wire.Messages.set;
import static io.flotilla.sessions.internal.wire.Messages.texts;
import static io.flotilla.sessions.internal.wire.Messages.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleService;
import io.flotilla.ClusterBuilder;
import io.flotilla.ClusterUnavailableException;
import io.flotilla.sessions.internal.store.SessionRepository.Opened;
import io.flotilla.sessions.internal.wire.Commit;
import io.flotilla.sessions.internal.wire.CommitReply;
import io.flotilla.sessions.internal.wire.HeadChange;
import io.flotilla.sessions.internal.wire.OpenReply;
import io.flotilla.sessions.internal.wire.OwnerContext;
import io.flotilla.sessions.internal.wire.StoredAttribute;
import io.flotilla.sessions.internal.wire.Version;
import io.flotilla.testkit.ClusterTest;
import io.flotilla.testkit.ExpectLog;
import io.flotilla.testkit.TestCluster;
import io.flotilla.testkit.TestTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/** Crashes of owners: what was acknowledged is there afterwards, whoever asks. */
final class OwnerLossTest implements ClusterTest.Setup {
    private static final int SESSIONS = 20;
    private static final int WRITERS = 4;
    private static final int ROUNDS = 3;

    @Override
    public void configure(int i, ClusterBuilder member) {
        ModuleProbe.install(member);
    }

    private static ModuleProbe probe(TestCluster cluster, int i) {
        return ModuleProbe.of(cluster.member(i));
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

    private static void killAndAwait(TestCluster cluster, int i) {
        cluster.kill(i);
        cluster.awaitSize(2);
        for (int other : cluster.running()) {
            OwnerContext owner = OwnerContext.of(cluster.member(other).hazelcast());
            Awaitility.await().until(() -> owner.lastLoss() != Long.MIN_VALUE);
        }
    }

    private static void pass(TestTime time, Duration duration) {
        time.setClock(time.now().plus(duration));
    }

    @ClusterTest(members = 3)
    void everythingAcknowledgedIsThere(TestCluster cluster) {
        Random random = new Random(42);
        Map<String, Map<String, String>> expected = new HashMap<>();
        Map<String, String> secrets = new HashMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            SessionStore store = probe(cluster, random.nextInt(3)).store();
            for (int n = 0; n < 200; n++) {
                String key = "session" + random.nextInt(SESSIONS);
                if (!secrets.containsKey(key)) {
                    store.commit(key, newSession(1, 1, "s0"));
                    secrets.put(key, "s0");
                    expected.put(key, new HashMap<>());
                }
                step(store, key, round * 1000 + n, random, secrets, expected.getOrDefault(key, new HashMap<>()));
            }
            int victim = cluster.running().get(random.nextInt(3));
            cluster.kill(victim);
            cluster.awaitSize(2);

            for (int i : cluster.running()) {
                SessionStore survivor = probe(cluster, i).store();
                expected.forEach((key, attributes) -> {
                    OpenReply reply = survivor.open(key, secret(secrets.getOrDefault(key, "")), Version.NONE);
                    assertThat(reply.found()).as(key).isTrue();
                    assertThat(texts(reply.attributes())).as(key).isEqualTo(attributes);
                });
            }
            cluster.restart(victim);
            cluster.awaitSafe();
        }
    }

    private static void step(
            SessionStore store,
            String key,
            int n,
            Random random,
            Map<String, String> secrets,
            Map<String, String> attributes) {
        String secret = secrets.getOrDefault(key, "");
        OpenReply opened = store.open(key, secret(secret), Version.NONE);
        String name = "a" + random.nextInt(4);
        StoredAttribute present = opened.attributes().get(name);
        long sequence = n + 2L;
        Commit commit;
        if (random.nextInt(10) == 0) {
            commit = changeId(1, sequence, opened.version(), secret, "s" + n);
            secrets.put(key, "s" + n);
        } else if (present != null && random.nextInt(3) == 0) {
            commit = update(1, sequence, opened.version(), remove(name, present.version()));
            attributes.remove(name);
        } else {
            Version base = present == null ? Version.NONE : present.version();
            commit = update(1, sequence, opened.version(), set(name, base, "v" + n));
            attributes.put(name, "v" + n);
        }
        assertThat(store.commit(key, commit).status()).isEqualTo(CommitReply.Status.APPLIED);
    }

    /** One thread's own attribute in one session: numbers that only grow, at times removed. */
    private static final class Lane {
        private int last;
        private boolean lastRemoved = true;
        private boolean inDoubt;
    }

    @ClusterTest(members = 3)
    void nothingAcknowledgedIsLostWhileOwnersCrash(TestCluster cluster) throws Exception {

        for (int s = 0; s < SESSIONS; s++) {
            probe(cluster, 0).store().commit("session" + s, newSession(1, 1, "s"));
        }
        List<Map<String, Lane>> lanes = new ArrayList<>();
        for (int w = 0; w < WRITERS; w++) {
            lanes.add(new HashMap<>());
        }
        for (int victim = 0; victim < ROUNDS; victim++) {
            AtomicBoolean stop = new AtomicBoolean();
            AtomicInteger commits = new AtomicInteger();
            ExecutorService pool = Executors.newFixedThreadPool(WRITERS);
            List<Future<?>> running = new ArrayList<>();
            for (int w = 0; w < WRITERS; w++) {
                SessionRepository repository = repository(cluster, (victim + 1 + w % 2) % 3);
                Map<String, Lane> lane = lanes.get(w);
                String name = "w" + w;
                Random random = new Random(w);
                running.add(pool.submit(() -> {
                    while (!stop.get()) {
                        write(repository, "session" + random.nextInt(SESSIONS), name, lane, random);
                        commits.incrementAndGet();
                    }
                }));
            }
            awaitMore(commits, 200);
            cluster.kill(victim);
            awaitMore(commits, 400);
            stop.set(true);
            for (Future<?> each : running) {
                each.get(60, TimeUnit.SECONDS);
            }
            pool.shutdown();
            cluster.awaitSize(2);

            check(probe(cluster, (victim + 1) % 3).store(), lanes);
            cluster.restart(victim);
            cluster.awaitSafe();
            check(probe(cluster, victim).store(), lanes);
        }
    }

    private static SessionRepository repository(TestCluster cluster, int i) {
        ModuleProbe probe = probe(cluster, i);
        return new SessionRepository(
                probe.store(),
                new Snapshots(1 << 20, probe.context().ticker()),
                new SessionsMetrics(new SimpleMeterRegistry()),
                probe.context().calls().timeout(),
                probe.context().ticker());
    }

    private static void awaitMore(AtomicInteger commits, int more) {
        int goal = commits.get() + more;
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> commits.get() >= goal);
    }

    private static void write(
            SessionRepository repository, String key, String name, Map<String, Lane> lanes, Random random) {
        Lane lane = lanes.computeIfAbsent(key, same -> new Lane());
        boolean sent = false;
        int next = lane.last + 1;
        boolean removal = random.nextInt(4) == 0;
        try {
            Opened opened = repository.open(key, secret("s"));
            StoredAttribute present = opened.snapshot().attributes().get(name);
            Version base = present == null ? Version.NONE : present.version();
            removal &= present != null;
            sent = true;
            CommitReply stored = Fitting.commit(
                    repository,
                    key,
                    HeadChange.NONE,
                    opened.snapshot().version(),
                    removal ? remove(name, base) : set(name, base, "" + next));
            assertThat(stored.status()).as("%s is there", key).isNotEqualTo(CommitReply.Status.GONE);
            lane.last = next;
            lane.lastRemoved = removal;
            lane.inDoubt = false;
        } catch (ClusterUnavailableException unknown) {
            if (sent) {
                lane.last = next;
                lane.inDoubt = true;
            }
        }
    }

    private static void check(SessionStore store, List<Map<String, Lane>> lanes) {
        for (int s = 0; s < SESSIONS; s++) {
            String key = "session" + s;
            Map<String, String> present =
                    texts(store.open(key, secret("s"), Version.NONE).attributes());
            for (int w = 0; w < WRITERS; w++) {
                Lane lane = lanes.get(w).get(key);
                if (lane != null && !lane.inDoubt) {
                    assertThat(present.get("w" + w))
                            .as("what writer %d was told last about %s", w, key)
                            .isEqualTo(lane.lastRemoved ? null : "" + lane.last);
                }
            }
        }
    }

    @ClusterTest(members = 3)
    void accessTimeIsKept(TestCluster cluster, TestTime time) {
        String key = keyOf(cluster, 0);
        SessionStore store = probe(cluster, 1).store();
        store.commit(key, newSession(1, 1, "s"));
        pass(time, Duration.ofSeconds(61));
        long access = time.now().toEpochMilli();
        store.open(key, secret("s"), Version.NONE);
        killAndAwait(cluster, 0);
        pass(time, Duration.ofSeconds(10));

        assertThat(store.open(key, secret("s"), Version.NONE).lastAccessed()).isEqualTo(access);
    }

    @ClusterTest(members = 3)
    void accessThatNoBackupKnewOfIsCoveredByGrace(TestCluster cluster, TestTime time) {
        String key = keyOf(cluster, 0);
        SessionStore store = probe(cluster, 1).store();
        Version version = store.commit(key, newSession(1, 1, "s")).version();
        pass(time, Duration.ofSeconds(59));
        store.open(key, secret("s"), version);
        killAndAwait(cluster, 0);
        pass(time, Duration.ofMinutes(30));

        assertThat(store.open(key, secret("s"), version).status()).isEqualTo(OpenReply.Status.NOT_MODIFIED);
    }

    @ClusterTest(members = 3)
    void graceEndsAfterAMinute(TestCluster cluster, TestTime time) {
        String key = keyOf(cluster, 0);
        SessionStore store = probe(cluster, 1).store();
        Version version = store.commit(key, newSession(1, 1, "s")).version();
        killAndAwait(cluster, 0);
        pass(time, Duration.ofMinutes(31).plusMillis(1));

        assertThat(store.open(key, secret("s"), version).status()).isEqualTo(OpenReply.Status.GONE);
    }

    @ClusterTest(members = 3)
    void endedSessionStaysEndedAndRepeatsAreRecognised(TestCluster cluster, TestTime time) {
        String ended = keyOf(cluster, 0);
        SessionStore store = probe(cluster, 1).store();
        Commit create = newSession(1, 1, "s", set("a", Version.NONE, "1"));
        Version version = store.commit(ended, create).version();
        Commit commit = update(1, 2, version, set("a", version, "2"));
        store.commit(ended, commit);
        store.invalidate(ended, 8);
        killAndAwait(cluster, 0);

        assertThat(store.open(ended, secret("s"), Version.NONE).status()).isEqualTo(OpenReply.Status.GONE);
        assertThat(store.commit(ended, commit).status()).isEqualTo(CommitReply.Status.REPEATED);
        assertThat(store.commit(ended, update(2, 1, version)).status()).isEqualTo(CommitReply.Status.GONE);
    }

    @ClusterTest(members = 3)
    void copyOfAMemberStaysCurrentOverACrash(TestCluster cluster, TestTime time) {
        String key = keyOf(cluster, 0);
        SessionStore store = probe(cluster, 1).store();
        Version first = store.commit(key, newSession(1, 1, "s", set("a", Version.NONE, "1")))
                .version();
        Version second = store.commit(key, update(1, 2, first, set("b", Version.NONE, "2")))
                .version();
        killAndAwait(cluster, 0);

        assertThat(store.open(key, secret("s"), second).status()).isEqualTo(OpenReply.Status.NOT_MODIFIED);
        assertThat(store.open(key, secret("s"), first).status()).isEqualTo(OpenReply.Status.CHANGED);
    }

    /** Owner and backup of some sessions at once; returns the key of one that was lost. */
    private static String loseBothCopies(TestCluster cluster) {
        SessionStore store = probe(cluster, 2).store();
        List<String> keys =
                IntStream.range(0, 60).mapToObj(each -> "session" + each).toList();
        keys.forEach(each -> store.commit(each, newSession(1, 1, "s")));
        LifecycleService first = cluster.member(0).hazelcast().getLifecycleService();
        LifecycleService second = cluster.member(1).hazelcast().getLifecycleService();
        CompletableFuture.allOf(
                        CompletableFuture.runAsync(first::terminate), CompletableFuture.runAsync(second::terminate))
                .join();
        return keys.stream()
                .filter(each -> !store.open(each, secret("s"), Version.NONE).found())
                .findFirst()
                .orElseThrow();
    }

    @ClusterTest(members = 3)
    @ExpectLog("has stopped although nobody closed it")
    void absentSessionsAreUnavailableAfterALossAndUnknownAMinuteLater(TestCluster cluster, TestTime time) {
        String key = loseBothCopies(cluster);
        SessionStore store = probe(cluster, 2).store();

        assertThat(store.open(key, secret("s"), Version.NONE).status()).isEqualTo(OpenReply.Status.UNAVAILABLE);
        assertThat(store.commit(key, update(1, 2, Version.NONE)).status()).isEqualTo(CommitReply.Status.UNAVAILABLE);
        pass(time, Duration.ofSeconds(59));
        assertThat(store.open(key, secret("s"), Version.NONE).status()).isEqualTo(OpenReply.Status.UNAVAILABLE);

        cluster.add(); // who joins after the loss knows it too
        cluster.awaitSafe();
        for (int i : cluster.running()) {
            assertThat(probe(cluster, i)
                            .store()
                            .open(key, secret("s"), Version.NONE)
                            .status())
                    .isEqualTo(OpenReply.Status.UNAVAILABLE);
        }
        pass(time, Duration.ofSeconds(1));
        assertThat(store.open(key, secret("s"), Version.NONE).status()).isEqualTo(OpenReply.Status.UNKNOWN);
        assertThat(store.commit(key, newSession(1, 3, "s")).status()).isEqualTo(CommitReply.Status.APPLIED);
    }

    @ClusterTest(members = 3)
    @ExpectLog("has stopped although nobody closed it")
    void theRepositoryThrowsForWhatMayBeLost(TestCluster cluster, TestTime time) {
        String key = loseBothCopies(cluster);
        SessionRepository repository = repository(cluster, 2);

        assertThatThrownBy(() -> repository.open(key, secret("s")))
                .isInstanceOf(ClusterUnavailableException.class)
                .hasMessage("a session is absent where sessions were lost a moment ago; it may come back, or will be"
                        + " taken for gone in a minute");
    }

    @ClusterTest(members = 3)
    void neitherACrashNorALeaveNorAFreshStartMakesUnknownSessionsUnavailable(TestCluster cluster) {
        for (int round = 0; round < 3; round++) {
            for (int i : cluster.running()) {
                SessionStore store = probe(cluster, i).store();
                for (int n = 0; n < 40; n++) {
                    assertThat(store.open("never" + n, secret("s"), Version.NONE)
                                    .status())
                            .isEqualTo(OpenReply.Status.UNKNOWN);
                }
            }
            if (round == 0) {
                cluster.kill(0);
                cluster.awaitSize(2);
            } else if (round == 1) {
                cluster.awaitSafe();
                cluster.close(1);
                cluster.awaitSize(1);
            }
        }
    }
}
