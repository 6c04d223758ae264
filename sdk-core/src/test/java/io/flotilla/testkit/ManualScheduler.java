package io.flotilla.testkit;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The scheduler of {@link TestTime}: its tasks run on the thread that advances the time. */
final class ManualScheduler extends AbstractExecutorService implements ScheduledExecutorService {
    private final ReentrantLock advancing = new ReentrantLock(); // taken before the monitor
    private final PriorityQueue<Task<?>> queue = // guarded by this
            new PriorityQueue<>(
                    Comparator.<Task<?>>comparingLong(task -> task.due).thenComparingLong(task -> task.order));
    private long now; // nanoseconds since the start, guarded by this
    private long tasks; // guarded by this

    synchronized long elapsedNanos() {
        return now;
    }

    synchronized int size() {
        return queue.size();
    }

    void advance(long nanos) {
        if (advancing.isHeldByCurrentThread()) {
            throw new IllegalStateException("a scheduled task must not advance the time");
        }
        advancing.lock();
        try {
            long until = Math.addExact(elapsedNanos(), nanos);
            for (Task<?> due = next(until); due != null; due = next(until)) {
                due.run();
            }
        } finally {
            advancing.unlock();
        }
    }

    /** The earliest task due by then, after moving the time to it; null, after moving the time to the end, if none is. */
    private synchronized @Nullable Task<?> next(long until) {
        Task<?> first = queue.peek();
        if (first == null || first.due > until) {
            now = until;
            return null;
        }
        now = Math.max(now, first.due);
        return queue.poll();
    }

    @Override
    public void execute(Runnable command) {
        var unused = add(Executors.callable(command), 0, 0);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        return add(Executors.callable(command), unit.toNanos(delay), 0);
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
        return add(callable, unit.toNanos(delay), 0);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable command, long initialDelay, long period, TimeUnit unit) {
        return add(Executors.callable(command), unit.toNanos(initialDelay), positive(unit.toNanos(period)));
    }

    /** The time stands still while a task runs, so a fixed delay is a fixed rate. */
    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable command, long initialDelay, long delay, TimeUnit unit) {
        return scheduleAtFixedRate(command, initialDelay, delay, unit);
    }

    private static long positive(long period) {
        if (period <= 0) {
            throw new IllegalArgumentException("the period must be positive, was " + period);
        }
        return period;
    }

    private synchronized <V> Task<V> add(Callable<V> work, long delay, long period) {
        Task<V> task = new Task<>(work, now + Math.max(0, delay), period, tasks++);
        queue.add(task);
        return task;
    }

    @Override
    public void shutdown() {
        throw new UnsupportedOperationException("this scheduler belongs to the test; nobody else may shut it down");
    }

    @Override
    public List<Runnable> shutdownNow() {
        throw new UnsupportedOperationException("this scheduler belongs to the test; nobody else may shut it down");
    }

    @Override
    public boolean isShutdown() {
        return false;
    }

    @Override
    public boolean isTerminated() {
        return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return false;
    }

    private final class Task<V> extends FutureTask<V> implements RunnableScheduledFuture<V> {
        private final long order;
        private final long period; // 0: once
        private long due; // guarded by the scheduler

        Task(Callable<V> work, long due, long period, long order) {
            super(work);
            this.due = due;
            this.period = period;
            this.order = order;
        }

        @Override
        public void run() {
            if (!isPeriodic()) {
                super.run();
            } else if (runAndReset()) {
                synchronized (ManualScheduler.this) {
                    due += period;
                    if (!isCancelled()) {
                        queue.add(this);
                    }
                }
            }
        }

        @Override
        public boolean cancel(boolean mayInterrupt) {
            boolean cancelled = super.cancel(false);
            synchronized (ManualScheduler.this) {
                queue.remove(this);
            }
            return cancelled;
        }

        @Override
        public boolean isPeriodic() {
            return period > 0;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            synchronized (ManualScheduler.this) {
                return unit.convert(due - now, TimeUnit.NANOSECONDS);
            }
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }
}
