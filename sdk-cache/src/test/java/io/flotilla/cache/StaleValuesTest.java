package io.flotilla.cache;

import static io.flotilla.cache.TestCaches.cache;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flotilla.ClusterBuilder;
import io.flotilla.testkit.ClusterTest;
import io.flotilla.testkit.TestCluster;
import io.flotilla.testkit.TestTime;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

final class StaleValuesTest implements ClusterTest.Setup {

    @Override
    public void configure(int i, ClusterBuilder member) {
        TestCaches.install(member);
    }

    /** Another member loads for a moment; its new value is there long since, and this one serves the stale one. */
    @ClusterTest(members = 2)
    void aStaleValueDoesOnlyWhileAnotherLoads(TestCluster cluster, TestTime time) throws Exception {
        Cache<String, String> one = cache(cluster, 0, "news");
        Cache<String, String> other = cache(cluster, 1, "news");
        one.put("tea", "old");
        time.advance(Duration.ofSeconds(11));
        CountDownLatch loading = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        CompletableFuture<String> load = CompletableFuture.supplyAsync(() -> other.getOrLoad("tea", (k, l) -> {
            loading.countDown();
            go.await();
            return "new";
        }));
        loading.await();
        assertThat(one.getOrLoad("tea", (k, l) -> "newer")).isEqualTo("old");
        go.countDown();
        assertThat(load.get()).isEqualTo("new");
        assertThat(one.get("tea")).as("get").hasValue("new");
        time.advance(Duration.ofSeconds(9));
        assertThat(one.getOrLoad("tea", (k, l) -> "newer")).as("getOrLoad").isEqualTo("new");
    }

    /** The same where get has not been called in between. */
    @ClusterTest(members = 2)
    void andNotForAMinuteAfterThat(TestCluster cluster, TestTime time) throws Exception {
        Cache<String, String> one = cache(cluster, 0, "news");
        Cache<String, String> other = cache(cluster, 1, "news");
        one.put("tea", "old");
        time.advance(Duration.ofSeconds(11));
        await().until(() -> one.get("tea").isEmpty());
        CountDownLatch loading = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        CompletableFuture<String> load = CompletableFuture.supplyAsync(() -> other.getOrLoad("tea", (k, l) -> {
            loading.countDown();
            go.await();
            return "new";
        }));
        loading.await();
        assertThat(one.getOrLoad("tea", (k, l) -> "newer")).isEqualTo("old");
        go.countDown();
        assertThat(load.get()).isEqualTo("new");
        time.advance(Duration.ofSeconds(9));
        assertThat(one.getOrLoad("tea", (k, l) -> "newer")).as("getOrLoad").isEqualTo("new");
    }
}
