package io.flotilla.internal;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One task, run again and again: the timer only hands it to a pool, runs never overlap, an exception ends nothing. */
final class Series {
    private static final Logger log = LoggerFactory.getLogger(Series.class);

    private final String what;
    private final Runnable task;
    private final ExecutorService pool;
    private final Future<?> timer;
    private final AtomicBoolean busy = new AtomicBoolean();
    private volatile boolean ended;

    Series(ScheduledExecutorService scheduler, ExecutorService pool, Duration every, String what, Runnable task) {
        this.what = what;
        this.task = task;
        this.pool = pool;
        this.timer =
                scheduler.scheduleAtFixedRate(this::handOver, every.toNanos(), every.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void handOver() {
        if (ended || !busy.compareAndSet(false, true)) {
            return;
        }
        try {
            pool.execute(this::run);
        } catch (RejectedExecutionException closing) {
            busy.set(false);
        }
    }

    private void run() {
        try {
            if (!ended) {
                task.run();
            }
        } catch (RuntimeException failure) {
            if (!ended) {
                log.error("{} failed; it is tried again when it next falls due", what, failure);
            }
        } finally {
            busy.set(false);
        }
    }

    void end() {
        ended = true;
        timer.cancel(false);
    }
}
