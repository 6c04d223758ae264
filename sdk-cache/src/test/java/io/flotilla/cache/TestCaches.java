package io.flotilla.cache;

import static org.awaitility.Awaitility.await;

import com.hazelcast.cluster.Member;
import com.hazelcast.map.EntryProcessor;
import io.flotilla.ClusterBuilder;
import io.flotilla.testkit.TestCluster;
import io.flotilla.testkit.TestTime;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Caches of each kind, and what tests do to their members. */
final class TestCaches {
    private TestCaches() {}

    static void install(ClusterBuilder member) {
        member.install(Caches.module(TestCaches::describe));
    }

    private static void describe(CachesBuilder caches) {
        caches.cache("prices", prices -> prices.jitter(0))
                .cache(
                        "ahead",
                        ahead -> ahead.ttl(Duration.ofSeconds(100)).jitter(0).refreshAhead(0.1))
                .cache("soft", soft -> news(soft).softTimeout(Duration.ofMillis(50)))
                .cache("news", news -> news(news).retryAfter(Duration.ofMinutes(1)))
                .cache("short", brief -> brief.loadTimeout(Duration.ofSeconds(2)))
                .cache("maybe", maybe -> maybe.negativeTtl(Duration.ofSeconds(30)))
                .cache("own", own -> own.mode(CacheMode.LOCAL))
                .cache("strict", strict -> strict.mode(CacheMode.SYNC_INVALIDATE));
    }

    private static CacheBuilder news(CacheBuilder settings) {
        return settings.ttl(Duration.ofSeconds(10)).jitter(0).staleFor(Duration.ofMinutes(5));
    }

    static Cache<String, String> cache(TestCluster cluster, int i, String name) {
        return cluster.member(i).get(Caches.class).cache(name, String.class, String.class);
    }

    /**
     * Waits until a value is answered from the first tier. Time goes on meanwhile, a little: a report that was under way
     * while the test let much of it pass proves what was true at its beginning.
     */
    static void awaitNear(Cache<String, String> cache, String key, TestTime time) {
        await().until(() -> {
            time.advance(Duration.ofMillis(100));
            return cache.entry(key).orElseThrow().tier() == Tier.L1;
        });
    }

    /** Calls on another thread, and does not wait for long. */
    static <T> T elsewhere(Supplier<T> call) {
        return CompletableFuture.supplyAsync(call)
                .orTimeout(8, TimeUnit.SECONDS)
                .join();
    }

    /** A key that a member owns. */
    static String keyOf(TestCluster cluster, int owner) {
        UUID id =
                cluster.member(owner).hazelcast().getCluster().getLocalMember().getUuid();
        for (int i = 0; ; i++) {
            Member candidate = cluster.member(0)
                    .hazelcast()
                    .getPartitionService()
                    .getPartition("key-" + i)
                    .getOwner();
            if (candidate != null && candidate.getUuid().equals(id)) {
                return "key-" + i;
            }
        }
    }

    /** The thread of a key's partition stands still on its owner, as in a long pause; members can still talk. */
    static CountDownLatch still(TestCluster cluster, String key) throws InterruptedException {
        Blocker blocker = new Blocker();
        var unused = cluster.member(1).hazelcast().getMap("other").submitToKey(key, blocker);
        blocker.stands.await();
        return blocker.go;
    }

    private static final class Blocker implements EntryProcessor<Object, Object, Boolean> {
        private static final long serialVersionUID = 1L;

        private final transient CountDownLatch stands = new CountDownLatch(1);
        private final transient CountDownLatch go = new CountDownLatch(1);

        @Override
        public Boolean process(Map.Entry<Object, Object> entry) {
            stands.countDown();
            try {
                go.await();
            } catch (InterruptedException closing) {
                Thread.currentThread().interrupt();
            }
            return true;
        }

        @Override
        public @Nullable EntryProcessor<Object, Object, Boolean> getBackupProcessor() {
            return null;
        }
    }
}
