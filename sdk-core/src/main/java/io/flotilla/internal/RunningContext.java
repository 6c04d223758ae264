package io.flotilla.internal;

import com.hazelcast.core.HazelcastInstance;
import io.flotilla.Cluster;
import io.flotilla.internal.wire.WireLevels;
import io.flotilla.spi.Calls;
import io.flotilla.spi.HealthCheck;
import io.flotilla.spi.ModuleContext;
import io.flotilla.spi.Requests;
import io.flotilla.spi.Sealer;
import io.flotilla.spi.Serving;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;

/** One module's view of the running cluster. */
final class RunningContext implements ModuleContext {
    private final RunningCluster cluster;
    private final String module;
    private final List<Series> series = new CopyOnWriteArrayList<>();

    RunningContext(RunningCluster cluster, String module) {
        this.cluster = cluster;
        this.module = module;
    }

    void endSeries() {
        series.forEach(Series::end);
    }

    @Override
    public String cluster() {
        return cluster.name();
    }

    @Override
    public String node() {
        return cluster.node();
    }

    @Override
    public Cluster.State state() {
        return cluster.state();
    }

    @Override
    public HazelcastInstance hazelcast() {
        return cluster.member();
    }

    @Override
    public int wireLevel() {
        return WireLevels.common(cluster.member().getCluster().getMembers());
    }

    @Override
    public Calls calls() {
        return cluster.calls();
    }

    @Override
    public Serving serving() {
        return cluster.serving();
    }

    @Override
    public Sealer sealer(String purpose) {
        return cluster.sealer(module + '\0' + purpose);
    }

    @Override
    public Requests requests() {
        return cluster.requests();
    }

    @Override
    public InstantSource clock() {
        return cluster.environment().clock();
    }

    @Override
    public LongSupplier ticker() {
        return cluster.environment().ticker();
    }

    @Override
    public ExecutorService newPool(String purpose, int threads) {
        return cluster.threads().newPool(module, purpose, threads);
    }

    @Override
    public ScheduledExecutorService scheduler() {
        return cluster.threads().scheduler();
    }

    @Override
    public void repeat(ExecutorService pool, Duration every, String what, Runnable task) {
        series.add(new Series(scheduler(), pool, every, what, task));
    }

    @Override
    public MeterRegistry meters() {
        return cluster.meters();
    }

    @Override
    public void addHealthCheck(HealthCheck check) {
        cluster.checks().add(check);
    }

    @Override
    public List<HealthCheck> healthChecks() {
        return List.copyOf(cluster.checks());
    }
}
