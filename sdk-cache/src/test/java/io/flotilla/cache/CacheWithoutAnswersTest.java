package io.flotilla.cache;

import static io.flotilla.cache.TestCaches.awaitNear;
import static io.flotilla.cache.TestCaches.cache;
import static io.flotilla.cache.TestCaches.elsewhere;
import static io.flotilla.cache.TestCaches.keyOf;
import static io.flotilla.cache.TestCaches.still;
import static org.assertj.core.api.Assertions.assertThat;

import io.flotilla.ClusterBuilder;
import io.flotilla.testkit.ClusterTest;
import io.flotilla.testkit.TestCluster;
import io.flotilla.testkit.TestTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

final class CacheWithoutAnswersTest implements ClusterTest.Setup {

    @Override
    public void configure(int i, ClusterBuilder member) {
        member.callTimeout(Duration.ofMillis(500));
        TestCaches.install(member);
    }

    private static @Nullable String whileStill(
            TestCluster cluster, String cache, String key, CacheLoader<String, String> loader) throws Exception {
        CountDownLatch go = still(cluster, key);
        try {
            return cache(cluster, 0, cache).getOrLoad(key, loader);
        } finally {
            go.countDown();
        }
    }

    @ClusterTest(members = 2)
    void severalAreLoadedInOneCall(TestCluster cluster) throws Exception {
        List<String> keys = List.of(keyOf(cluster, 1), keyOf(cluster, 0));
        AtomicInteger loads = new AtomicInteger();
        CountDownLatch go = still(cluster, keys.get(0));
        try {
            assertThat(cache(cluster, 0, "prices").getOrLoadAll(keys, (some, load) -> {
                        loads.incrementAndGet();
                        return some.stream().collect(Collectors.toMap(key -> key, key -> "3"));
                    }))
                    .containsOnlyKeys(keys);
        } finally {
            go.countDown();
        }
        assertThat(loads).hasValue(1);
    }

    @ClusterTest(members = 2)
    void aLateAnswerLeavesNoLeaseBehind(TestCluster cluster) throws Exception {
        String key = keyOf(cluster, 1);
        assertThat(cache(cluster, 0, "prices").get(key)).isEmpty();
        assertThat(whileStill(cluster, "prices", key, (k, load) -> "3")).isEqualTo("3");
        assertThat(elsewhere(() -> cache(cluster, 1, "prices").getOrLoad(key, (k, load) -> "3")))
                .isEqualTo("3");
    }

    @ClusterTest(members = 2)
    void noUnstoredValueIsAnsweredAfterASynchronousChange(TestCluster cluster) throws Exception {
        String key = keyOf(cluster, 1);
        cache(cluster, 1, "strict").invalidate(key);
        cache(cluster, 1, "strict").invalidate(key);
        assertThat(whileStill(cluster, "strict", key, (k, load) -> "old")).isEqualTo("old");
        cache(cluster, 1, "strict").invalidate(key);
        assertThat(whileStill(cluster, "strict", key, (k, load) -> "new")).isEqualTo("new");
    }

    @ClusterTest(members = 2)
    void norAfterClearOfTheSameMember(TestCluster cluster) throws Exception {
        String key = keyOf(cluster, 1);
        Cache<String, String> one = cache(cluster, 0, "strict");
        one.clear();
        one.clear();
        assertThat(whileStill(cluster, "strict", key, (k, load) -> "old")).isEqualTo("old");
        one.clear();
        assertThat(whileStill(cluster, "strict", key, (k, load) -> "new")).isEqualTo("new");
    }

    @ClusterTest(members = 2)
    void whatIsNotToBeStoredIsNotGivenToOthers(TestCluster cluster) throws Exception {
        String key = keyOf(cluster, 1);
        assertThat(whileStill(cluster, "prices", key, (k, load) -> {
                    load.doNotStore();
                    return "for the first alone";
                }))
                .isEqualTo("for the first alone");
        assertThat(whileStill(cluster, "prices", key, (k, load) -> "for the second"))
                .isEqualTo("for the second");
    }

    @ClusterTest(members = 2)
    void noUnstoredValueIsServedBeyondItsTime(TestCluster cluster) throws Exception {
        String key = keyOf(cluster, 1);
        assertThat(whileStill(cluster, "prices", key, (k, load) -> {
                    load.ttl(Duration.ofMillis(100));
                    return "1";
                }))
                .isEqualTo("1"); // the next one waits for 500 ms
        assertThat(whileStill(cluster, "prices", key, (k, load) -> "2")).isEqualTo("2");
    }

    /** A put that this member has made, and whose outcome it knows. */
    @ClusterTest(members = 2)
    void aMemberSeesItsOwnChange(TestCluster cluster) throws Exception {
        String key = keyOf(cluster, 1);
        Cache<String, String> one = cache(cluster, 0, "prices");
        CountDownLatch loading = new CountDownLatch(1);
        CountDownLatch changed = new CountDownLatch(1);
        CountDownLatch go = still(cluster, key);
        CompletableFuture<String> load = CompletableFuture.supplyAsync(() -> one.getOrLoad(key, (k, l) -> {
            loading.countDown();
            changed.await();
            return "old";
        }));
        loading.await();
        go.countDown();
        one.invalidate(key); // has returned
        changed.countDown();
        assertThat(load.get()).isEqualTo("old");
        assertThat(whileStill(cluster, "prices", key, (k, l) -> "new")).isEqualTo("new");
    }

    /** Additions of which one is sent again after its owner has died, and another came in between, see the report. */
    @ClusterTest(members = 1)
    void aFreshValueIsStillReadWhileThisMemberCloses(TestCluster cluster, TestTime time) {
        Cache<String, String> one = cache(cluster, 0, "ahead");
        one.put("tea", "old");
        time.advance(Duration.ofSeconds(50));
        awaitNear(one, "tea", time);
        cluster.close(0);
        String found;
        try {
            found = one.getOrLoad("tea", (k, load) -> "new");
        } catch (io.flotilla.ClusterException documented) {
            found = "unavailable";
        }
        assertThat(found).isIn("old", "new", "unavailable");
    }

    @ClusterTest(members = 2)
    void aLocalCacheNeedsNoAnswers(TestCluster cluster) throws Exception {
        Cache<String, String> own = cache(cluster, 0, "own");
        String key = keyOf(cluster, 1);
        AtomicInteger loads = new AtomicInteger();

        assertThat(whileStill(cluster, "prices", key, (k, load) -> "3")).isEqualTo("3");
        for (int i = 0; i < 3; i++) {
            assertThat(own.getOrLoad("tea", (k, load) -> "load " + loads.incrementAndGet()))
                    .isEqualTo("load 1");
        }
    }
}
