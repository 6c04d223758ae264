package io.flotilla.internal;

import com.hazelcast.aggregation.Aggregator;
import com.hazelcast.map.EntryProcessor;
import com.hazelcast.map.IMap;
import com.hazelcast.query.Predicate;
import io.flotilla.spi.Calls;
import io.flotilla.spi.Deadline;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@link Calls} over entry processors. Hazelcast's own limit, a minute and not strict, is never the one that counts. */
final class ClusterCalls implements Calls {
    /** An answer that was on its way when a connection broke comes within this time, or never. */
    private static final long LOST_AFTER_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private static final long RETRY_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final String cluster;
    private final Gate gate;
    private final IntSupplier lostConnections;
    private final Duration timeout;
    private final LongSupplier ticker;
    private final ExecutorService waiting;

    /**
     * @param waiting threads that wait for answers in place of those who ask
     */
    ClusterCalls(
            String cluster,
            Gate gate,
            IntSupplier lostConnections,
            Duration timeout,
            LongSupplier ticker,
            ExecutorService waiting) {
        this.cluster = cluster;
        this.gate = gate;
        this.lostConnections = lostConnections;
        this.timeout = timeout;
        this.ticker = ticker;
        this.waiting = waiting;
    }

    @Override
    public Duration timeout() {
        return timeout;
    }

    @Override
    public <K, V, R> R onKey(IMap<K, V> map, K key, EntryProcessor<K, V, R> processor) {
        return new Call<>(() -> OwnerAnswer.to(map, key, processor), Deadline.in(timeout, ticker))
                .send()
                .result();
    }

    @Override
    public <K, V, R> Map<K, R> onKeys(IMap<K, V> map, Set<K> keys, EntryProcessor<K, V, R> processor) {
        return new Call<>(() -> OwnerAnswer.toAll(map, keys, processor), Deadline.in(timeout, ticker))
                .send()
                .result();
    }

    @Override
    public <K, V, R> Map<K, R> onEach(IMap<K, V> map, Map<K, ? extends EntryProcessor<K, V, R>> processors) {
        Deadline deadline = Deadline.in(timeout, ticker);
        Map<K, Call<R>> calls = new HashMap<>();
        processors.forEach((key, processor) ->
                calls.put(key, new Call<>(() -> OwnerAnswer.to(map, key, processor), deadline).send()));
        Map<K, R> results = new HashMap<>();
        calls.forEach((key, call) -> results.put(key, call.result()));
        return results;
    }

    /** One call, which is sent again until the deadline while it is unknown whether it has run. */
    private final class Call<R> {
        private final Supplier<OwnerAnswer<R>> sending;
        private final Deadline deadline;
        private int ticket;
        private int lostBefore;
        private @Nullable OwnerAnswer<R> answer;

        private Call(Supplier<OwnerAnswer<R>> sending, Deadline deadline) {
            this.sending = sending;
            this.deadline = deadline;
        }

        Call<R> send() {
            ticket = gate.enter();
            lostBefore = lostConnections.getAsInt();
            answer = null;
            try {
                answer = sending.get();
            } catch (RuntimeException failure) {
                throwUnlessTransient(failure);
            }
            return this;
        }

        R result() {
            while (true) {
                OwnerAnswer<R> present = answer;
                try {
                    if (present != null && await(present, lostBefore, deadline) && gate.isTrusted(ticket)) {
                        return present.result();
                    }
                } catch (InterruptedException interrupt) {
                    throw Failures.interrupted(cluster, interrupt);
                } catch (ExecutionException | RuntimeException failure) {
                    throwUnlessTransient(failure);
                }
                pauseBeforeRetry(deadline);
                Call<R> unused = send();
            }
        }

        private void throwUnlessTransient(Exception failure) {
            if (!Failures.isTransient(failure)) {
                throw Failures.ofCall(failure, cluster);
            }
        }
    }

    @Override
    public <K, V, R> R aggregate(
            IMap<K, V> map, Predicate<K, V> entries, Aggregator<? super Map.Entry<K, V>, R> aggregator) {
        Deadline deadline = Deadline.in(timeout, ticker);
        while (true) {
            int ticket = gate.enter();
            try {
                R result = inTime(() -> map.aggregate(aggregator, entries), deadline);
                if (gate.isTrusted(ticket)) {
                    return result;
                }
            } catch (InterruptedException interrupt) {
                throw Failures.interrupted(cluster, interrupt);
            } catch (TimeoutException late) {
                throw Failures.timedOut(cluster, timeout.toMillis());
            } catch (ExecutionException | RuntimeException failure) {
                if (!Failures.isTransient(failure)) {
                    throw Failures.ofCall(failure, cluster);
                }
            }
            pauseBeforeRetry(deadline);
        }
    }

    /** For calls of Hazelcast's that have no deadline. */
    private <R> R inTime(Callable<R> call, Deadline deadline)
            throws ExecutionException, InterruptedException, TimeoutException {
        Future<R> result = waiting.submit(call);
        try {
            return result.get(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
        } finally {
            boolean unused = result.cancel(true);
        }
    }

    @Override
    public <K, V, R> CompletionStage<R> send(IMap<K, V> map, K key, EntryProcessor<K, V, R> processor) {
        int ignored = gate.enter();
        try {
            return map.submitToKey(key, processor);
        } catch (RuntimeException failure) {
            throw Failures.ofCall(failure, cluster);
        }
    }

    /**
     * Waits for an answer; false if none has come some moments after a connection was lost. Hazelcast does not notice that
     * a call or its answer was lost with a connection while both members live on, and would wait for a minute.
     */
    private boolean await(OwnerAnswer<?> answer, int lostBefore, Deadline deadline)
            throws ExecutionException, InterruptedException {
        boolean lost = false;
        while (true) {
            try {
                answer.await(Math.min(deadline.remainingNanos(), LOST_AFTER_NANOS));
                return true;
            } catch (TimeoutException late) {
                if (deadline.passed()) {
                    throw Failures.timedOut(cluster, timeout.toMillis());
                }
                if (lost) {
                    return false;
                }
                lost = lostConnections.getAsInt() != lostBefore;
            }
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
