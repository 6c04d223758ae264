package io.flotilla.cache.internal.tier;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.core.HazelcastInstance;
import io.flotilla.ClusterBuilder;
import io.flotilla.cache.Caches;
import io.flotilla.testkit.ClusterTest;
import io.flotilla.testkit.ExpectLog;
import io.flotilla.testkit.TestCluster;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

final class StreamsTest implements ClusterTest.Setup {
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile @Nullable HazelcastInstance doomed;

    @Override
    public void configure(int i, ClusterBuilder member) {
        member.install(Caches.module(caches -> caches.cache("prices", prices -> {})))
                .ticker(this::tick);
    }

    /** The streams look at the time after they have looked whether the member runs. */
    private long tick() {
        HazelcastInstance member = doomed;
        if (member != null && Thread.currentThread().getName().contains("-streams-")) {
            doomed = null;
            member.getLifecycleService().terminate();
            stopped.countDown();
        }
        return System.nanoTime();
    }

    /** No line of an error but the one that says it. */
    @ExpectLog("has stopped although nobody closed it")
    @ClusterTest(members = 1)
    void aMemberThatStopsWhileItTellsOthersEndsQuietly(TestCluster cluster) throws Exception {
        doomed = cluster.member(0).hazelcast();

        assertThat(stopped.await(30, TimeUnit.SECONDS)).isTrue();

        cluster.close(0); // waits for the streams
    }
}
