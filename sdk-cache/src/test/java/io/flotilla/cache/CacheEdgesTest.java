package io.flotilla.cache;

import static io.flotilla.cache.TestCaches.awaitNear;
import static io.flotilla.cache.TestCaches.cache;
import static io.flotilla.cache.TestCaches.elsewhere;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flotilla.ClusterBuilder;
import io.flotilla.testkit.ClusterTest;
import io.flotilla.testkit.TestCluster;
import io.flotilla.testkit.TestTime;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

final class CacheEdgesTest implements ClusterTest.Setup {

    @Override
    public void configure(int i, ClusterBuilder member) {
        TestCaches.install(member);
    }

    private static CountDownLatch busyPool(Cache<String, String> one, TestTime time) throws Exception {
        for (int i = 0; i < 10; i++) {
            one.put("key-" + i, "old");
        }
        time.advance(Duration.ofSeconds(50));
        for (int i = 0; i < 10; i++) {
            awaitNear(one, "key-" + i, time);
        }
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch busy = new CountDownLatch(8);
        for (int i = 0; i < 8; i++) {
            var unused = one.getOrLoad("key-" + i, (key, load) -> {
                busy.countDown();
                go.await();
                return "new";
            });
        }
        busy.await();
        return go;
    }

    /** 8 slow refreshes; a ninth key's refresh is queued; then it is invalidated. The same thread. */
    @ClusterTest(members = 1)
    void queuedRefreshMakesThisThreadAPilot(TestCluster cluster, TestTime time) throws Exception {
        Cache<String, String> one = cache(cluster, 0, "ahead");
        CountDownLatch go = busyPool(one, time);
        try {
            assertThat(one.getOrLoad("key-8", (key, load) -> "new")).isEqualTo("old");
            one.invalidate("key-8");
            assertThat(one.getOrLoad("key-8", (key, load) -> "new")).isEqualTo("new");
        } finally {
            go.countDown();
        }
    }

    /** The same, and another thread waits for nobody. */
    @ClusterTest(members = 1)
    void queuedRefreshHoldsUpEverybody(TestCluster cluster, TestTime time) throws Exception {
        Cache<String, String> one = cache(cluster, 0, "ahead");
        CountDownLatch go = busyPool(one, time);
        try {
            assertThat(one.getOrLoad("key-8", (key, load) -> "new")).isEqualTo("old");
            one.invalidate("key-8");
            assertThat(elsewhere(() -> one.getOrLoad("key-8", (key, load) -> "new")))
                    .isEqualTo("new");
        } finally {
            go.countDown();
        }
    }

    @ClusterTest(members = 1)
    void theSecondCallerGetsTheStaleValueInTimeToo(TestCluster cluster, TestTime time) {
        Cache<String, String> one = cache(cluster, 0, "soft");
        one.put("tea", "old");
        time.advance(Duration.ofSeconds(11));
        CountDownLatch go = new CountDownLatch(1);
        CacheLoader<String, String> slow = (key, load) -> {
            go.await();
            return "new";
        };
        try {
            assertThat(one.getOrLoad("tea", slow)).isEqualTo("old");
            assertThat(elsewhere(() -> one.getOrLoad("tea", slow))).isEqualTo("old");
        } finally {
            go.countDown();
        }
    }

    @ClusterTest(members = 2)
    void anErrorOfALoaderFreesTheKey(TestCluster cluster) {
        assertThatThrownBy(() -> cache(cluster, 0, "prices").getOrLoad("tea", (key, load) -> {
                    throw new StackOverflowError();
                }))
                .isInstanceOf(StackOverflowError.class);
        assertThat(elsewhere(() -> cache(cluster, 1, "prices").getOrLoad("tea", (key, load) -> "3")))
                .isEqualTo("3");
    }

    @ClusterTest(members = 2)
    void aLoaderThatLeavesTheInterruptSetFreesTheKey(TestCluster cluster) throws Exception {
        Thread other = new Thread(() -> {
            var unused = cache(cluster, 0, "prices").getOrLoad("tea", (key, load) -> {
                Thread.currentThread().interrupt();
                return "3";
            });
        });
        other.start();
        other.join();
        assertThat(elsewhere(() -> cache(cluster, 1, "prices").getOrLoad("tea", (key, load) -> "3")))
                .isEqualTo("3");
    }

    @ClusterTest(members = 2)
    void noAdditionAfterClearIsLost(TestCluster cluster) {
        Cache<String, Long> counters = cluster.member(0).get(Caches.class).cache("counters", String.class, Long.class);
        for (int i = 0; i < 50; i++) {
            counters.clear();
            for (int k = 1; k <= 20; k++) {
                assertThat(counters.add("visits", 1)).as("round " + i).isEqualTo(k);
            }
        }
    }

    @ClusterTest(members = 2)
    void putIfAbsentAfterClearIsTrueOnce(TestCluster cluster) {
        Cache<String, String> one = cache(cluster, 0, "prices");
        for (int i = 0; i < 50; i++) {
            one.clear();
            assertThat(one.putIfAbsent("tea", "1", EntryOptions.DEFAULT)).isTrue();
            for (int k = 0; k < 20; k++) {
                assertThat(one.putIfAbsent("tea", "2", EntryOptions.DEFAULT))
                        .as("round " + i + " " + k)
                        .isFalse();
            }
        }
    }

    @ClusterTest(members = 1)
    void nothingIsAbsent(TestCluster cluster) {
        Cache<String, String> one = cache(cluster, 0, "maybe");
        assertThat(one.getOrLoad("tea", (key, load) -> null)).isNull();
        assertThat(one.get("tea")).isEmpty();
        assertThat(one.putIfAbsent("tea", "1", EntryOptions.DEFAULT)).isTrue();
    }

    @ClusterTest(members = 1)
    void nothingCanBeAddedTo(TestCluster cluster) {
        Cache<String, Long> one = cluster.member(0)
                .get(Caches.class)
                .cache("numbers", String.class, Long.class, c -> c.negativeTtl(Duration.ofSeconds(30)));
        assertThat(one.getOrLoad("tea", (key, load) -> null)).isNull();
        assertThat(one.get("tea")).isEmpty();
        assertThat(one.add("tea", 1)).isEqualTo(1);
    }

    @ClusterTest(members = 2)
    void aVersionThatWasVoidedIsNotReplaced(TestCluster cluster) {
        Cache<String, String> one = cache(cluster, 0, "prices");
        one.put("tea", "1", EntryOptions.DEFAULT.tags("drinks"));
        long version = one.entry("tea").orElseThrow().version();
        cache(cluster, 1, "prices").invalidateTags("drinks");
        assertThat(one.get("tea")).isEmpty();
        assertThat(one.replace("tea", "2", version)).isFalse();
    }

    /** SYNC_INVALIDATE: after invalidate has returned a call that begins later gets what was there before. */
    @ClusterTest(members = 2)
    void whatWasLoadedUnstoredIsNotAnsweredAfterASynchronousChange(TestCluster cluster) throws Exception {
        Cache<String, String> one = cache(cluster, 0, "strict");
        Supplier<String> oldLoad = () -> {
            Thread.currentThread().interrupt(); // a request that is being cancelled
            try {
                return one.getOrLoad("tea", (key, load) -> "old");
            } finally {
                Thread.interrupted();
            }
        };
        assertThat(elsewhere(oldLoad)).isEqualTo("old");
        cache(cluster, 1, "strict").invalidate("tea");
        cache(cluster, 1, "strict").clear();
        Supplier<String> newLoad = () -> {
            Thread.currentThread().interrupt();
            try {
                return one.getOrLoad("tea", (key, load) -> "new");
            } finally {
                Thread.interrupted();
            }
        };
        assertThat(elsewhere(newLoad)).isEqualTo("new");
    }
}
