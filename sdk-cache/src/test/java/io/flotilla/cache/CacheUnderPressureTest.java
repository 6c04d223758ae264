package io.flotilla.cache;

import static io.flotilla.cache.TestCaches.cache;
import static io.flotilla.cache.TestCaches.keyOf;
import static io.flotilla.cache.TestCaches.still;
import static org.assertj.core.api.Assertions.assertThat;

import io.flotilla.ClusterBuilder;
import io.flotilla.testkit.ClusterTest;
import io.flotilla.testkit.TestCluster;
import io.flotilla.testkit.TestTime;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

final class CacheUnderPressureTest implements ClusterTest.Setup {

    @Override
    public void configure(int i, ClusterBuilder member) {
        member.callTimeout(Duration.ofMillis(500));
        TestCaches.install(member);
    }

    /** The owner of a key does not answer; the loader would. */
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
