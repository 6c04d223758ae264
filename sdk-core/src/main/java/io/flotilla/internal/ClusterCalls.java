package io.flotilla.internal;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.map.IMap;
import io.flotilla.spi.Calls;
import io.flotilla.spi.Deadline;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/** {@link Calls} over entry processors. Hazelcast's own limit, a minute and not strict, is never the one that counts. */
final class ClusterCalls implements Calls {
    private static final long RETRY_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final String cluster;
    private final Gate gate;
    private final Duration timeout;
    private final LongSupplier ticker;

    ClusterCalls(String cluster, Gate gate, Duration timeout, LongSupplier ticker) {
        this.cluster = cluster;
        this.gate = gate;
        this.timeout = timeout;
        this.ticker = ticker;
    }

    @Override
    public Duration timeout() {
        return timeout;
    }

    @Override
    public <K, V, R> R onKey(IMap<K, V> map, K key, EntryProcessor<K, V, R> processor) {
        Deadline deadline = Deadline.in(timeout, ticker);
        while (true) {
            int ticket = gate.enter();
            try {
                R answer = map.submitToKey(key, processor)
                        .toCompletableFuture()
                        .get(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
                if (gate.isTrusted(ticket)) {
                    return answer;
                }
            } catch (TimeoutException late) {
                throw Failures.timedOut(cluster, timeout.toMillis());
            } catch (InterruptedException interrupt) {
                throw Failures.interrupted(cluster, interrupt);
            } catch (ExecutionException | RuntimeException failure) {
                if (!Failures.isTransient(failure)) {
                    throw Failures.ofCall(failure, cluster);
                }
            }
            pauseBeforeRetry(deadline);
        }
    }

    private void pauseBeforeRetry(Deadline deadline) {
        if (deadline.passed()) {
            throw Failures.timedOut(cluster, timeout.toMillis());
        }
        LockSupport.parkNanos(RETRY_PAUSE_NANOS);
        if (Thread.currentThread().isInterrupted()) { // a call that fails at once never waits, and never notices
            throw Failures.interrupted(cluster, new InterruptedException());
        }
    }
}
