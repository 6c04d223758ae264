package io.flotilla.internal;

import com.hazelcast.config.Config;
import com.hazelcast.core.HazelcastInstance;
import io.flotilla.Cluster;
import io.flotilla.ClusterStartException;
import io.flotilla.Standing;
import io.flotilla.internal.security.ClusterSealer;
import io.flotilla.internal.security.MemberContext;
import io.flotilla.internal.security.MemberSecurity;
import io.flotilla.spi.Calls;
import io.flotilla.spi.ClusterModule;
import io.flotilla.spi.Deadline;
import io.flotilla.spi.HealthCheck;
import io.flotilla.spi.MemberClock;
import io.flotilla.spi.Sealer;
import io.flotilla.spi.Serving;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A member that has joined, its modules, and the order in which they come and go. */
public final class RunningCluster implements Cluster {
    private static final Logger log = LoggerFactory.getLogger(RunningCluster.class);

    private static final int HANDSHAKE_THREADS = 2;
    private static final Duration SECURITY_AGE = Duration.ofSeconds(5);

    private final ClusterConfig config;
    private final Environment environment;
    private final Lifecycle lifecycle = new Lifecycle();
    private final Threads threads;
    private final @Nullable MemberSecurity security;
    private @Nullable Series rereading;
    private final RequestCount requests;
    private final Calls calls;
    private final CompositeMeterRegistry meters = new CompositeMeterRegistry();
    private final List<HealthCheck> checks = new CopyOnWriteArrayList<>();
    private final RunningModules modules = new RunningModules();
    private final HazelcastInstance member;
    private final MembershipLog membership;
    private final StandingWatch standing;
    private final Connections connections;
    private volatile @Nullable Thread closer;

    /** Starts a member and its modules; if anything fails, what was started is stopped before the exception leaves. */
    public static Cluster start(ClusterConfig config, Environment environment, List<ClusterModule<?>> modules) {
        long begin = SystemTime.TICKER.getAsLong();
        Threads threads = new Threads(config.name(), environment.scheduler());
        StandingWatch standing = new StandingWatch(config, environment.pulse(), environment.standingListener());
        RunningCluster cluster;
        try {
            MemberSecurity security = security(config, environment, threads);
            HazelcastInstance member = join(config, environment, modules, security, standing);
            cluster = new RunningCluster(config, environment, threads, security, standing, member);
        } catch (RuntimeException | Error failure) {
            threads.close();
            throw failure;
        }
        try {
            cluster.startModules(modules);
            log.info(
                    "cluster '{}': node '{}' joined at {} as one of {} in {} ms; {} {}",
                    config.name(),
                    config.node(),
                    cluster.member.getCluster().getLocalMember().getAddress(),
                    cluster.member.getCluster().getMembers().size(),
                    (SystemTime.TICKER.getAsLong() - begin) / 1_000_000,
                    config,
                    modules);
            cluster.lifecycle.advance(State.RUNNING);
        } catch (RuntimeException failure) {
            ClusterStartException translated = Failures.ofStart(failure, config);
            cluster.undoStart(translated);
            throw translated;
        } catch (Error failure) {
            cluster.undoStart(failure);
            throw failure;
        }
        return cluster;
    }

    private static HazelcastInstance join(
            ClusterConfig config,
            Environment environment,
            List<ClusterModule<?>> modules,
            @Nullable MemberSecurity security,
            StandingWatch standing) {
        HazelcastStatics.initialize();
        CompletionThreads.install();
        try {
            Config member = MemberConfig.of(config);
            MemberClock.install(member, environment.clock());
            standing.configure(member);
            modules.forEach(each -> each.configure(member));
            environment.customizer().accept(member);
            Function<Config, HazelcastInstance> factory = environment.memberFactory();
            return factory != null ? factory.apply(member) : MemberContext.start(member, security);
        } catch (RuntimeException failure) {
            throw Failures.ofStart(failure, config, security == null ? Map.of() : security.failures());
        }
    }

    private static @Nullable MemberSecurity security(ClusterConfig config, Environment environment, Threads threads) {
        boolean realNetwork = environment.memberFactory() == null;
        return !realNetwork || config.security().secrets() == null
                ? null
                : new MemberSecurity(
                        config.security(),
                        config.name(),
                        threads.scheduler(),
                        threads.newPool("core", "handshake", HANDSHAKE_THREADS),
                        environment.ticker());
    }

    /** Does nothing that can fail: the member has joined, and only {@link #startModules} is undone if it throws. */
    private RunningCluster(
            ClusterConfig config,
            Environment environment,
            Threads threads,
            @Nullable MemberSecurity security,
            StandingWatch standing,
            HazelcastInstance member) {
        this.config = config;
        this.environment = environment;
        this.member = member;
        this.threads = threads;
        this.security = security;
        this.standing = standing;
        this.connections = new Connections(environment.closedByPeer());
        this.requests = new RequestCount(environment.ticker());
        // What waits for other members waits in real time, whatever clock a test has set.
        this.calls = new ClusterCalls(
                config.name(),
                standing,
                connections::lost,
                config.callTimeout(),
                SystemTime.TICKER,
                threads.newPool("core", "calls", 1));
        this.membership = new MembershipLog(
                config, member, lifecycle::state, () -> security == null ? Map.of() : security.failures());
    }

    private void startModules(List<ClusterModule<?>> installed) {
        meters.config().commonTags("cluster", config.name());
        meters.add(environment.meterRegistry());
        checks.add(new MemberCheck(member, standing));
        CoreMetrics.bind(meters, member, standing);
        if (security != null) {
            security.bind(meters, CoreMetrics.CONNECTIONS_REFUSED);
        }
        if (security != null && security.canChange()) {
            rereading = new Series(
                    threads.scheduler(),
                    threads.newPool("core", "security", 1),
                    SECURITY_AGE,
                    "reading the cluster's secret again",
                    security::reload);
        }
        membership.start(threads);
        standing.start(member, connections, threads);
        for (ClusterModule<?> each : installed) {
            String name = each.api().getSimpleName().toLowerCase(Locale.ROOT);
            modules.start(each, new RunningContext(this, name));
        }
    }

    private void undoStart(Throwable failure) {
        lifecycle.advance(State.DRAINING);
        modules.close((module, later) -> failure.addSuppressed(later));
        try {
            member.getLifecycleService().terminate();
        } catch (RuntimeException later) {
            failure.addSuppressed(later);
        }
        release();
    }

    @Override
    public void close() {
        if (!lifecycle.advance(State.DRAINING)) {
            if (Thread.currentThread() != closer) { // a module that closes its cluster while it is closed by it
                lifecycle.awaitClosed();
            }
            return;
        }
        closer = Thread.currentThread();
        boolean interrupted = Thread.interrupted(); // an interrupt must not cut off the data's way to the others
        try {
            leave();
        } finally {
            release();
            closer = null;
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        log.info("cluster '{}': node '{}' has left", config.name(), config.node());
    }

    private void leave() {
        if (member.getLifecycleService().isRunning()) {
            log.info("cluster '{}': node '{}' is leaving", config.name(), config.node());
            finishWork(Deadline.in(config.workTime(), SystemTime.TICKER));
            modules.close(RunningModules::logFailure);
            Departure.leave(member, config, threads);
        } else {
            log.info(
                    "cluster '{}': node '{}' has nothing to hand over, its member stopped before",
                    config.name(),
                    config.node());
            modules.close(RunningModules::logFailure);
        }
    }

    private void finishWork(Deadline deadline) {
        modules.announceLeaving(deadline);
        if (!requests.awaitNone(deadline)) {
            log.warn(
                    "cluster '{}': {} requests were still running when the time to leave was up; they are cut off."
                            + " Allow more with ClusterBuilder.shutdownTimeout",
                    config.name(),
                    requests.inFlight());
        }
        modules.drain(deadline);
    }

    private void release() {
        try {
            membership.stop();
            standing.stop();
            if (rereading != null) {
                rereading.end();
            }
            threads.close();
            for (Meter each : meters.getMeters()) {
                meters.remove(each);
            }
            meters.remove(environment.meterRegistry()); // or it would be closed, and it is the user's
            meters.close();
        } catch (RuntimeException failure) {
            log.error("cluster '{}' could not release all that it held", config.name(), failure);
        } finally {
            lifecycle.advance(State.CLOSED);
        }
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

    @Override
    public Standing standing() {
        return standing.standing();
    }

    /** For the test kit: lets the present members be the ones that count, which takes a while otherwise. */
    public void settle() {
        standing.settle();
    }

    @Override
    public String toString() {
        return "Cluster[" + config.name() + ", node " + config.node() + ", " + state() + "]";
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

    Serving serving() {
        return standing;
    }

    Calls calls() {
        return calls;
    }

    Sealer sealer(String purpose) {
        return security == null ? ClusterSealer.withoutSecret(config.name(), purpose) : security.sealer(purpose);
    }

    MeterRegistry meters() {
        return meters;
    }

    List<HealthCheck> checks() {
        return checks;
    }
}
