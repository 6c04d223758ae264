package io.flotilla.internal;

import io.flotilla.spi.Deadline;
import java.time.Duration;
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
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private record Pool(String role, ExecutorService executor) {}

    private final String cluster;
    private final List<Pool> own = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService scheduler;
    private volatile boolean closed;

    Threads(String cluster, @Nullable ScheduledExecutorService foreign) {
        this.cluster = cluster;
        this.scheduler = foreign != null ? foreign : newTimer("core-timer");
    }

    ScheduledExecutorService scheduler() {
        return scheduler;
    }

    ExecutorService newPool(String module, String purpose, int threads) {
        String role = module + "-" + purpose;
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads, threads, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory(role));
        pool.allowCoreThreadTimeOut(true);
        own.add(new Pool(role, pool));
        if (closed) { // checked after the pool was added: either this sees it, or close() sees the pool
            pool.shutdownNow();
            throw new IllegalStateException("cluster '" + cluster + "' is closed");
        }
        return pool;
    }

    /** A thread of its own for work that happens once; not started yet, and not ended by {@link #close}. */
    Thread newThread(String role, Runnable task) {
        return factory(role).newThread(task);
    }

    /** A timer thread of its own. */
    ScheduledExecutorService newTimer(String role) {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, factory(role));
        timer.setRemoveOnCancelPolicy(true);
        own.add(new Pool(role, timer));
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

    /** Ends the pools that this object created, and waits a moment, interrupted or not, for those that are busy. */
    void close() {
        closed = true;
        own.forEach(each -> each.executor().shutdownNow());
        Deadline deadline = Deadline.in(PATIENCE, SystemTime.TICKER);
        boolean interrupted = false;
        for (Pool each : own) {
            boolean ended = each.executor().isTerminated();
            while (!ended && !deadline.passed()) {
                try {
                    ended = each.executor().awaitTermination(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException interrupt) {
                    interrupted = true;
                }
            }
            if (!ended) {
                log.warn("cluster '{}': a task of '{}' ignores its interruption and still runs", cluster, each.role());
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
