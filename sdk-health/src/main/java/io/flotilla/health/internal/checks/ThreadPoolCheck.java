package io.flotilla.health.internal.checks;

import io.flotilla.spi.HealthCheck;
import java.util.concurrent.ThreadPoolExecutor;

/** Whether a pool keeps up with its tasks: worse if they wait for a thread, and down if the next one would be refused. */
public final class ThreadPoolCheck implements HealthCheck {
    private final String name;
    private final ThreadPoolExecutor pool;

    public ThreadPoolCheck(String name, ThreadPoolExecutor pool) {
        this.name = name;
        this.pool = pool;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Result check() {
        int busy = pool.getActiveCount();
        int threads = pool.getMaximumPoolSize();
        int waiting = pool.getQueue().size();
        String detail = busy + " of " + threads + " threads busy, " + waiting + " tasks wait";
        if (pool.isShutdown()) {
            return new Result(Status.DOWN, "the pool is shut down");
        }
        if (busy < threads) {
            // With a queue, a pool starts threads above its core size only when the queue is full.
            return new Result(waiting > 0 && busy >= pool.getCorePoolSize() ? Status.DEGRADED : Status.UP, detail);
        }
        if (pool.getQueue().remainingCapacity() == 0) {
            return new Result(Status.DOWN, detail);
        }
        return new Result(waiting > 0 ? Status.DEGRADED : Status.UP, detail);
    }

    @Override
    public String toString() {
        return name;
    }
}
