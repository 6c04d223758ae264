package io.flotilla.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.flotilla.ClusterBuilder;
import io.flotilla.testkit.ClusterTest;
import io.flotilla.testkit.ExpectLog;
import io.flotilla.testkit.TestCluster;
import io.flotilla.testkit.TestTime;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

@SuppressWarnings("all")
final class CacheUnderPressureTest implements ClusterTest.Setup {

    @Override
    public void configure(int i, ClusterBuilder member) {
        member.callTimeout(Duration.ofMillis(500))
                .install(Caches.module(caches -> caches.cache("prices", prices -> prices.jitter(0))
                        .cache(
                                "ahead",
                                a -> a.ttl(Duration.ofSeconds(100)).jitter(0).refreshAhead(0.1))
                        .cache(
                                "soft",
                                s -> s.ttl(Duration.ofSeconds(10))
                                        .jitter(0)
                                        .staleFor(Duration.ofMinutes(5))
                                        .softTimeout(Duration.ofMillis(50)))
                        .cache("short", c -> c.loadTimeout(Duration.ofSeconds(2)))
                        .cache("maybe", maybe -> maybe.negativeTtl(Duration.ofSeconds(30)))
                        .cache("strict", strict -> strict.mode(CacheMode.SYNC_INVALIDATE))));
    }

    static Cache<String, String> cache(TestCluster cluster, int i, String name) {
        return cluster.member(i).get(Caches.class).cache(name, String.class, String.class);
    }

    static <T> T elsewhere(Supplier<T> call) {
        return CompletableFuture.supplyAsync(call)
                .orTimeout(8, TimeUnit.SECONDS)
                .join();
    }

    private static String keyOf(TestCluster cluster, int owner) {
        var id = cluster.member(owner).hazelcast().getCluster().getLocalMember().getUuid();
        for (int i = 0; ; i++) {
            if (cluster.member(0)
                    .hazelcast()
                    .getPartitionService()
                    .getPartition("key-" + i)
                    .getOwner()
                    .getUuid()
                    .equals(id)) {
                return "key-" + i;
            }
        }
    }

    /** The thread of a key's partition stands still on its owner, as in a long pause; the two can still talk. */
    private static CountDownLatch still(TestCluster cluster, String key) throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch stands = new CountDownLatch(1);
        cluster.member(1).hazelcast().getMap("other").submitToKey(key, entry -> {
            stands.countDown();
            try {
                go.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return null;
        });
        stands.await();
        return go;
    }

    /** The owner of a key does not answer; the loader would. */
    @ExpectLog(value = "Failed to serialize", required = false) // the test's own blocker
    @ClusterTest(members = 2)
    void allCallersGoOnWithTheLoader(TestCluster cluster) throws Exception {
        String key = keyOf(cluster, 1);
        assertThat(cache(cluster, 0, "short").get(key)).isEmpty();
        CountDownLatch go = still(cluster, key);
        var all = new java.util.ArrayList<CompletableFuture<String>>();
        var threads = java.util.concurrent.Executors.newFixedThreadPool(8);
        try {
            for (int i = 0; i < 8; i++) {
                all.add(CompletableFuture.supplyAsync(
                        () -> cache(cluster, 0, "short").getOrLoad(key, (k, load) -> "3"), threads));
            }
            for (var each : all) {
                assertThat(each.join()).isEqualTo("3");
            }
        } finally {
            go.countDown();
            threads.shutdown();
        }
    }

    /** Eight soft loads hang; the same thread asks for a ninth key twice. */
    @ClusterTest(members = 1)
    void whoAsksTwiceIsNoLoader(TestCluster cluster, TestTime time) {
        Cache<String, String> one = cache(cluster, 0, "soft");
        for (int i = 0; i < 9; i++) {
            one.put("key-" + i, "old");
        }
        time.advance(Duration.ofSeconds(11));
        CountDownLatch go = new CountDownLatch(1);
        CacheLoader<String, String> slow = (key, load) -> {
            go.await();
            return "new";
        };
        try {
            for (int i = 0; i < 9; i++) {
                assertThat(one.getOrLoad("key-" + i, slow)).isEqualTo("old");
            }
            assertThat(one.getOrLoad("key-8", slow)).isEqualTo("old");
        } finally {
            go.countDown();
        }
    }

    @ClusterTest(members = 1)
    void tagsAreBounded(TestCluster cluster) {
        assertThat(cluster.member(0)
                        .hazelcast()
                        .getConfig()
                        .findMapConfig("cache.$tags")
                        .getEvictionConfig()
                        .getEvictionPolicy())
                .isNotEqualTo(com.hazelcast.config.EvictionPolicy.NONE);
    }
}
