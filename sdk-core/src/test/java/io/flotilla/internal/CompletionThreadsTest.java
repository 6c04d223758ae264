package io.flotilla.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.internal.util.ConcurrencyUtil;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class CompletionThreadsTest {

    /** Without this, on one or two processors, Hazelcast starts a thread for every completed call. */
    @Test
    void callsAreCompletedByAFewThreads() throws Exception {
        CompletionThreads.install();
        Executor before = ConcurrencyUtil.getDefaultAsyncExecutor();
        CompletionThreads.install();
        assertThat(ConcurrencyUtil.getDefaultAsyncExecutor())
                .as("installed once")
                .isSameAs(before);

        Set<Thread> used = ConcurrentHashMap.newKeySet();
        CompletableFuture<?>[] all = new CompletableFuture<?>[200];
        for (int i = 0; i < all.length; i++) {
            all[i] = CompletableFuture.runAsync(() -> used.add(Thread.currentThread()), before);
        }
        CompletableFuture.allOf(all).get(10, TimeUnit.SECONDS);

        if (ForkJoinPool.getCommonPoolParallelism() <= 1) {
            assertThat(used).hasSizeLessThanOrEqualTo(2).allSatisfy(thread -> {
                assertThat(thread.getName()).startsWith("flotilla-completion-");
                assertThat(thread.isDaemon()).isTrue();
                assertThat(thread.getContextClassLoader()).isNull();
            });
            await("idle threads end").until(() -> used.stream().noneMatch(Thread::isAlive));
        } else {
            assertThat(before).isSameAs(ForkJoinPool.commonPool());
        }
    }
}
