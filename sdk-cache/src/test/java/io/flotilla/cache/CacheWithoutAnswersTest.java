package io.flotilla.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flotilla.ClusterBuilder;
import io.flotilla.testkit.ClusterTest;
import io.flotilla.testkit.TestCluster;
import io.flotilla.testkit.TestTime;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

@SuppressWarnings("all")
final class CacheWithoutAnswersTest implements ClusterTest.Setup {

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
        cluster.member(1)
                .hazelcast()
                .getMap("other")
                .submitToKey(key, new com.hazelcast.map.EntryProcessor<Object, Object, Object>() {
                    @Override
                    public Object process(java.util.Map.Entry<Object, Object> entry) {
                        stands.countDown();
                        try {
                            go.await();
                        } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
                        return null;
                    }

                    @Override
                    public com.hazelcast.map.EntryProcessor<Object, Object, Object> getBackupProcessor() {
                        return null;
                    }
                });
        stands.await();
        return go;
    }

    private static String whileStill(TestCluster cluster, String cache, String key, CacheLoader<String, String> loader)
            throws Exception {
        CountDownLatch go = still(cluster, key);
        try {
            return cache(cluster, 0, cache).getOrLoad(key, loader);
        } finally {
            go.countDown();
        }
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
        await().until(() -> one.entry("tea").orElseThrow().tier() == Tier.L1);
        cluster.close(0);
        String found;
        try {
            found = one.getOrLoad("tea", (k, load) -> "new");
        } catch (io.flotilla.ClusterException documented) {
            found = "unavailable";
        }
        assertThat(found).isIn("old", "new", "unavailable");
    }
}
