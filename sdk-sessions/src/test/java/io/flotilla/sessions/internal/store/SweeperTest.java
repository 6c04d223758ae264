package io.flotilla.sessions.internal.store;

import static io.flotilla.sessions.internal.wire.Messages.changeTimeout;
import static io.flotilla.sessions.internal.wire.Messages.newSession;
import static io.flotilla.sessions.internal.wire.Messages.secret;
import static io.flotilla.sessions.internal.wire.Messages.set;
import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.aggregation.Aggregator;
import com.hazelcast.map.EntryProcessor;
import com.hazelcast.map.IMap;
import com.hazelcast.query.Predicate;
import io.flotilla.ClusterBuilder;
import io.flotilla.sessions.internal.wire.Messages;
import io.flotilla.sessions.internal.wire.OpenReply;
import io.flotilla.sessions.internal.wire.Sweep;
import io.flotilla.sessions.internal.wire.Version;
import io.flotilla.spi.Calls;
import io.flotilla.testkit.ClusterTest;
import io.flotilla.testkit.TestCluster;
import io.flotilla.testkit.TestTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ForkJoinPool;

final class SweeperTest implements ClusterTest.Setup {
    private static final int EACH = 8;

    @Override
    public void configure(int i, ClusterBuilder member) {
        ModuleProbe.install(member);
    }

    /** Sweeps what one member owns; returns the number of records it says it removed. */
    private static int sweep(TestCluster cluster, int i) {
        return sweep(cluster, i, ofShop());
    }

    private static int sweep(TestCluster cluster, int i, EndListeners listeners) {
        return sweep(cluster, i, listeners, ModuleProbe.of(cluster.member(i)).calls());
    }

    private static int sweep(TestCluster cluster, int i, EndListeners listeners, Calls calls) {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        ModuleProbe probe = ModuleProbe.of(cluster.member(i));
        SessionsMetrics metrics = new SessionsMetrics(meters);
        Enders nobody = new Enders(
                probe.records(), probe.calls(), listeners, ForkJoinPool.commonPool(), probe.aftermath(metrics));
        Sweeper sweeper = new Sweeper(
                cluster.member(i).hazelcast(), probe.records(), calls, listeners, nobody, probe.aftermath(metrics));
        for (int turn = 0; turn < Sweeper.TURNS; turn++) {
            sweeper.run();
        }
        return (int) (meters.get(SessionsMetrics.FORGOTTEN).counter().count()
                + meters.get(SessionsMetrics.ENDED)
                        .tag("cause", "expired")
                        .counter()
                        .count());
    }

    /** Of the application of all sessions here, which wants to hear of none. */
    private static EndListeners ofShop() {
        EndListeners listeners = new EndListeners();
        listeners.register(Messages.APPLICATION, new EndListener() {
            @Override
            public boolean wants(boolean anyBound) {
                return false;
            }

            @Override
            public void ended(EndedSession session) {
                throw new AssertionError("nobody wants to hear of it");
            }
        });
        return listeners;
    }

    private static void pass(TestTime time, Duration duration) {
        time.setClock(time.now().plus(duration));
    }

    private static void make(SessionStore store, String prefix, int timeoutSeconds) {
        for (int i = 0; i < EACH; i++) {
            store.commit(prefix + i, newSession(1, 1, "s", timeoutSeconds, set("a", Version.NONE, "1")));
        }
    }

    private static void end(SessionStore store, String prefix) {
        for (int i = 0; i < EACH; i++) {
            store.invalidate(prefix + i, 1);
        }
    }

    @ClusterTest(members = 2)
    void removesWhatIsExpiredAndOldTombstonesAndNothingElse(TestCluster cluster, TestTime time) {
        ModuleProbe probe = ModuleProbe.of(cluster.member(0));
        SessionStore store = probe.store();
        make(store, "ended-long-ago-", 3600);
        end(store, "ended-long-ago-");
        make(store, "expired-", 60);
        make(store, "endless-", 0);
        make(store, "used-", 601);
        make(store, "ended-", 3600);
        pass(time, Sweep.TOMBSTONES);
        end(store, "ended-");
        pass(time, Duration.ofMillis(1));
        for (int i = 0; i < EACH; i++) {
            store.touch("used-" + i, secret("s"));
        }

        int first = sweep(cluster, 0);
        int second = sweep(cluster, 1);

        assertThat(first + second).isEqualTo(2 * EACH);
        assertThat(first).as("each member sweeps what it owns").isPositive();
        assertThat(second).isPositive();
        assertThat(probe.records().keySet())
                .hasSize(3 * EACH)
                .allMatch(key -> key.startsWith("endless-") || key.startsWith("used-") || key.startsWith("ended-"))
                .noneMatch(key -> key.startsWith("ended-long-ago-"));
        assertThat(store.open("expired-0", secret("s"), Version.NONE).status()).isEqualTo(OpenReply.Status.UNKNOWN);
        assertThat(store.open("ended-0", secret("s"), Version.NONE).status()).isEqualTo(OpenReply.Status.GONE);
        assertThat(sweep(cluster, 0) + sweep(cluster, 1)).isZero();
    }

    /** Steps run at the same time, uncopied on their own member, and each keeps what its session's backups are to do. */
    @ClusterTest(members = 1)
    void noTwoSessionsShareAStep(TestCluster cluster, TestTime time) {
        ModuleProbe probe = ModuleProbe.of(cluster.member(0));
        make(probe.store(), "expired-", 60);
        pass(time, Duration.ofSeconds(61));
        Calls real = probe.calls();
        Set<Object> steps = Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));
        Calls noting = new Calls() {
            @Override
            public Duration timeout() {
                return real.timeout();
            }

            @Override
            public <K, V, R> R onKey(IMap<K, V> map, K key, EntryProcessor<K, V, R> processor) {
                return real.onKey(map, key, processor);
            }

            @Override
            public <K, V, R> Map<K, R> onKeys(IMap<K, V> map, Set<K> keys, EntryProcessor<K, V, R> processor) {
                return real.onKeys(map, keys, processor);
            }

            @Override
            public <K, V, R> Map<K, R> onEach(IMap<K, V> map, Map<K, ? extends EntryProcessor<K, V, R>> processors) {
                return real.onEach(map, processors);
            }

            @Override
            public <K, V, R> R aggregate(
                    IMap<K, V> map, Predicate<K, V> entries, Aggregator<? super Map.Entry<K, V>, R> aggregator) {
                return real.aggregate(map, entries, aggregator);
            }

            @Override
            public <K, V, R> CompletionStage<R> send(IMap<K, V> map, K key, EntryProcessor<K, V, R> processor) {
                steps.add(processor);
                return real.send(map, key, processor);
            }
        };

        assertThat(sweep(cluster, 0, ofShop(), noting)).isEqualTo(EACH);
        assertThat(steps).hasSize(EACH);
    }

    @ClusterTest(members = 2)
    void whatWasSweptIsNotInTheBackupsEither(TestCluster cluster, TestTime time) {
        SessionStore store = ModuleProbe.of(cluster.member(0)).store();
        make(store, "expired-", 60);
        pass(time, Duration.ofSeconds(61));
        assertThat(sweep(cluster, 0) + sweep(cluster, 1)).isEqualTo(EACH);

        cluster.kill(0);
        cluster.awaitSize(1);

        assertThat(ModuleProbe.of(cluster.member(1)).records().size()).isZero();
    }

    @ClusterTest(members = 2)
    void sessionUsedInTheLastMomentIsKept(TestCluster cluster, TestTime time) {
        SessionStore store = ModuleProbe.of(cluster.member(0)).store();
        Version version = store.commit("a", newSession(1, 1, "s", 60)).version();
        pass(time, Duration.ofSeconds(60));
        store.commit("a", changeTimeout(1, 2, version, 3600));
        pass(time, Duration.ofSeconds(60));

        assertThat(sweep(cluster, 0) + sweep(cluster, 1)).isZero();
        assertThat(store.open("a", secret("s"), Version.NONE).found()).isTrue();
    }
}
