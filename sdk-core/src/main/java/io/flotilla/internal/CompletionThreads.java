package io.flotilla.internal;

import com.hazelcast.internal.util.ConcurrencyUtil;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * On one or two processors the JDK's common pool is too small for Hazelcast, which then starts a new thread for every
 * completed call: twenty times slower. Two threads for the whole JVM, gone when idle, take their place.
 */
final class CompletionThreads {
    private static final AtomicBoolean installed = new AtomicBoolean();

    private CompletionThreads() {}

    static void install() {
        if (ForkJoinPool.getCommonPoolParallelism() > 1 || !installed.compareAndSet(false, true)) {
            return;
        }
        AtomicInteger count = new AtomicInteger();
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(2, 2, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "flotilla-completion-" + count.incrementAndGet());
                    thread.setDaemon(true);
                    thread.setContextClassLoader(null);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        ConcurrencyUtil.setDefaultAsyncExecutor(pool);
    }
}
