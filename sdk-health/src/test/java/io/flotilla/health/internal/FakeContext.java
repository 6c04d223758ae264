package io.flotilla.health.internal;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleService;
import io.flotilla.Cluster;
import io.flotilla.spi.Calls;
import io.flotilla.spi.HealthCheck;
import io.flotilla.spi.ModuleContext;
import io.flotilla.spi.Sealer;
import io.flotilla.spi.Serving;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** A cluster of nothing: time stands still until told otherwise, and repeated tasks run when a test says so. */
final class FakeContext implements ModuleContext, AutoCloseable {
    final AtomicLong nanos = new AtomicLong(1_000_000_000_000L);
    final FakeRequests requests = new FakeRequests();
    final List<HealthCheck> checks = new CopyOnWriteArrayList<>();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    volatile Cluster.State state = Cluster.State.RUNNING;
    volatile boolean memberRuns = true;

    private final List<ExecutorService> pools = new CopyOnWriteArrayList<>();
    private final List<Runnable> repeated = new ArrayList<>();

    void advance(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    /** Hands every repeated task to its pool once. */
    void tick() {
        List.copyOf(repeated).forEach(Runnable::run);
    }

    @Override
    public String cluster() {
        return "shop";
    }

    @Override
    public String node() {
        return "web-1";
    }

    @Override
    public Cluster.State state() {
        return state;
    }

    @Override
    public HazelcastInstance hazelcast() {
        LifecycleService lifecycle = fake(LifecycleService.class, "isRunning", () -> memberRuns);
        return fake(HazelcastInstance.class, "getLifecycleService", () -> lifecycle);
    }

    @Override
    public int wireLevel() {
        return 1;
    }

    @Override
    public Calls calls() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Serving serving() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Sealer sealer(String purpose) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FakeRequests requests() {
        return requests;
    }

    @Override
    public InstantSource clock() {
        return () -> Instant.ofEpochSecond(0, nanos.get());
    }

    @Override
    public LongSupplier ticker() {
        return nanos::get;
    }

    @Override
    public ExecutorService newPool(String purpose, int threads) {
        ExecutorService pool = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "fake-" + purpose);
            thread.setDaemon(true);
            return thread;
        });
        pools.add(pool);
        return pool;
    }

    @Override
    public ScheduledExecutorService scheduler() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void repeat(ExecutorService pool, Duration every, String what, Runnable task) {
        repeated.add(() -> pool.execute(task));
    }

    @Override
    public MeterRegistry meters() {
        return meters;
    }

    @Override
    public void addHealthCheck(HealthCheck check) {
        checks.add(check);
    }

    @Override
    public List<HealthCheck> healthChecks() {
        return List.copyOf(checks);
    }

    @Override
    public void close() {
        pools.forEach(ExecutorService::shutdownNow);
    }

    /** An object of which one method is ever called. */
    private static <T> T fake(Class<T> type, String method, java.util.function.Supplier<Object> answer) {
        InvocationHandler handler = (proxy, called, args) -> {
            if (called.getName().equals(method)) {
                return answer.get();
            }
            throw new UnsupportedOperationException(called.getName());
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
