package io.flotilla.internal;

import com.hazelcast.config.Config;
import com.hazelcast.core.HazelcastInstance;
import io.flotilla.Cluster;
import io.flotilla.ClusterStartException;
import io.flotilla.spi.Calls;
import io.flotilla.spi.ClusterModule;
import io.flotilla.spi.Deadline;
import io.flotilla.spi.HealthCheck;
import io.flotilla.spi.MemberClock;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A member that has joined, its modules, and the order in which they come and go. */
public final class RunningCluster implements Cluster {
    private static final Logger log = LoggerFactory.getLogger(RunningCluster.class);

    private final ClusterConfig config;
    private final Environment environment;
    private final Lifecycle lifecycle = new Lifecycle();
    private final Threads threads;
    private final RequestCount requests;
    private final Calls calls;
    private final CompositeMeterRegistry meters;
    private final List<HealthCheck> checks = new CopyOnWriteArrayList<>();
    private final RunningModules modules = new RunningModules();
    private final HazelcastInstance member;

    /** Starts a member and its modules; if anything fails, what was started is stopped before the exception leaves. */
    public static Cluster start(ClusterConfig config, Environment environment, List<ClusterModule<?>> modules) {
        long begin = environment.ticker().getAsLong();
        RunningCluster cluster = new RunningCluster(config, environment, join(config, environment, modules));
        cluster.startModules(modules);
        log.info(
                "cluster '{}': node '{}' joined at {} as one of {} in {} ms; {} {}",
                config.name(),
                config.node(),
                cluster.member.getCluster().getLocalMember().getAddress(),
                cluster.member.getCluster().getMembers().size(),
                (environment.ticker().getAsLong() - begin) / 1_000_000,
                config,
                modules);
        return cluster;
    }

    private static HazelcastInstance join(
            ClusterConfig config, Environment environment, List<ClusterModule<?>> modules) {
        SteadyHazelcastClock.install();
        CompletionThreads.install();
        if (System.getProperty("hazelcast.logging.type") == null) {
            System.setProperty("hazelcast.logging.type", "slf4j"); // its static loggers know no other way
        }
        try {
            Config member = MemberConfig.of(config);
            MemberClock.install(member, environment.clock());
            modules.forEach(each -> each.configure(member));
            environment.customizer().accept(member);
            return environment.memberFactory().apply(member);
        } catch (RuntimeException failure) {
            throw Failures.ofStart(failure, config);
        }
    }

    private RunningCluster(ClusterConfig config, Environment environment, HazelcastInstance member) {
        this.config = config;
        this.environment = environment;
        this.member = member;
        this.threads = new Threads(config.name(), environment.scheduler());
        this.requests = new RequestCount(environment.ticker());
        this.calls = new ClusterCalls(config.name(), config.callTimeout(), environment.ticker());
        this.meters = new CompositeMeterRegistry();
        meters.config().commonTags("cluster", config.name());
        meters.add(environment.meterRegistry());
    }

    private void startModules(List<ClusterModule<?>> installed) {
        try {
            checks.add(new MemberCheck(member));
            CoreMetrics.bind(meters, member);
            MembershipLog.start(config, member, threads.scheduler());
            for (ClusterModule<?> each : installed) {
                String name = each.api().getSimpleName().toLowerCase(Locale.ROOT);
                modules.start(each, new RunningContext(this, name));
            }
            lifecycle.advance(State.RUNNING);
        } catch (RuntimeException failure) {
            ClusterStartException translated = Failures.ofStart(failure, config);
            try {
                lifecycle.advance(State.DRAINING);
                modules.close();
                member.getLifecycleService().terminate();
                release();
            } catch (RuntimeException later) {
                translated.addSuppressed(later);
            }
            throw translated;
        }
    }

    @Override
    public void close() {
        if (!lifecycle.advance(State.DRAINING)) {
            lifecycle.awaitClosed();
            return;
        }
        Deadline deadline = Deadline.in(config.shutdownTimeout(), environment.ticker());
        log.info("cluster '{}': node '{}' is leaving", config.name(), config.node());
        modules.announceLeaving(deadline);
        if (!requests.awaitNone(deadline)) {
            log.warn(
                    "cluster '{}': {} requests were still running when the time to leave was up; they are cut off."
                            + " Allow more with ClusterBuilder.shutdownTimeout",
                    config.name(),
                    requests.inFlight());
        }
        modules.drain(deadline);
        modules.close();
        Departure.leave(member, config, deadline);
        release();
        log.info("cluster '{}': node '{}' has left", config.name(), config.node());
    }

    private void release() {
        threads.close();
        for (Meter each : meters.getMeters()) {
            meters.remove(each);
        }
        meters.close();
        lifecycle.advance(State.CLOSED);
    }

    @Override
    public String name() {
        return config.name();
    }

    @Override
    public String node() {
        return config.node();
    }

    @Override
    public State state() {
        return lifecycle.state();
    }

    @Override
    public <T> T get(Class<T> api) {
        requireOpen();
        Object found = modules.find(api);
        if (found == null) {
            throw new IllegalArgumentException(
                    "no module provides " + api.getName() + "; installed: " + modules.names());
        }
        return api.cast(found);
    }

    @Override
    public HazelcastInstance hazelcast() {
        requireOpen();
        return member;
    }

    private void requireOpen() {
        if (lifecycle.state() == State.CLOSED) {
            throw new IllegalStateException("cluster '" + config.name() + "' is closed");
        }
    }

    HazelcastInstance member() {
        return member;
    }

    Environment environment() {
        return environment;
    }

    Threads threads() {
        return threads;
    }

    RequestCount requests() {
        return requests;
    }

    Calls calls() {
        return calls;
    }

    MeterRegistry meters() {
        return meters;
    }

    List<HealthCheck> checks() {
        return checks;
    }
}
