package io.flotilla.internal;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All threads that a cluster creates: named after it, daemons, without a web application's class loader. */
final class Threads {
    private static final Logger log = LoggerFactory.getLogger(Threads.class);

    private final String cluster;
    private final List<ExecutorService> own = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService scheduler;

    Threads(String cluster, @Nullable ScheduledExecutorService foreign) {
        this.cluster = cluster;
        this.scheduler = foreign != null ? foreign : newScheduler();
    }

    ScheduledExecutorService scheduler() {
        return scheduler;
    }

    ExecutorService newPool(String module, String purpose, int threads) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads, threads, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory(module + "-" + purpose));
        pool.allowCoreThreadTimeOut(true);
        own.add(pool);
        return pool;
    }

    private ScheduledExecutorService newScheduler() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, factory("core-timer"));
        timer.setRemoveOnCancelPolicy(true);
        own.add(timer);
        return timer;
    }

    private ThreadFactory factory(String role) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, cluster + "-" + role + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            thread.setContextClassLoader(null);
            thread.setUncaughtExceptionHandler(
                    (died, cause) -> log.error("thread {} ended by an exception", died.getName(), cause));
            return thread;
        };
    }

    /** Ends the threads that this object created, and waits a moment for those that are busy. */
    void close() {
        own.forEach(ExecutorService::shutdownNow);
        for (ExecutorService each : own) {
            try {
                if (!each.awaitTermination(1, TimeUnit.SECONDS)) {
                    log.warn("a background task of cluster '{}' ignores its interruption and still runs", cluster);
                }
            } catch (InterruptedException interrupt) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
