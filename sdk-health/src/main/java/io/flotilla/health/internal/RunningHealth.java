package io.flotilla.health.internal;

import static java.util.Objects.requireNonNull;

import io.flotilla.Cluster;
import io.flotilla.health.Health;
import io.flotilla.health.NodeStatus;
import io.flotilla.health.internal.checks.Limits;
import io.flotilla.health.internal.checks.VitalCheck;
import io.flotilla.health.internal.vitals.Machine;
import io.flotilla.spi.Deadline;
import io.flotilla.spi.ModuleContext;
import io.flotilla.spi.RunningModule;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletContext;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The module in a running cluster. */
final class RunningHealth implements Health, RunningModule<Health> {
    private static final Logger log = LoggerFactory.getLogger(RunningHealth.class);

    private final ModuleContext context;
    private final VitalSigns signs;
    private final BackgroundChecks checks;
    private final Readiness readiness;
    private final NodeTable table;
    private final Heartbeats heartbeats;
    private final Probes probes;
    private final AdminAccess access;
    private final AcknowledgedDrain departure;

    static RunningHealth start(HealthConfig config, ModuleContext context) {
        DeadlockCheck deadlock = new DeadlockCheck();
        context.addHealthCheck(deadlock);
        RunningHealth health = new RunningHealth(config, context, deadlock);
        health.signs.start(context);
        health.addChecks(config);
        health.heartbeats.start();
        return health;
    }

    private RunningHealth(HealthConfig config, ModuleContext context, DeadlockCheck deadlock) {
        this.context = context;
        HealthMetrics metrics = new HealthMetrics(context.meters(), context.requests());
        this.signs = new VitalSigns(Machine.here()::read, context.ticker(), metrics);
        this.checks = new BackgroundChecks(config, context, metrics);
        this.readiness = new Readiness(context, checks);
        SelfReport self = new SelfReport(config, context, readiness);
        this.table = new NodeTable(context, self);
        this.heartbeats = new Heartbeats(config, context, checks, readiness, self, table);
        Probers probers = new Probers(context.ticker());
        this.probes = new Probes(readiness, new Liveness(context, deadlock), probers, metrics, config.groups());
        this.access = new AdminAccess(config.adminToken());
        this.departure = new AcknowledgedDrain(config, context, probers);
    }

    private void addChecks(HealthConfig config) {
        addIf(config.heap(), limits -> VitalCheck.heap(limits, signs));
        addIf(config.memory(), limits -> VitalCheck.memory(limits, signs));
        addIf(config.pressure(), limits -> VitalCheck.pressure(limits, signs));
        addIf(config.cpu(), limits -> VitalCheck.cpu(limits, signs));
        config.checks().forEach(context::addHealthCheck);
    }

    private void addIf(@Nullable Limits limits, Function<Limits, VitalCheck> check) {
        if (limits != null) {
            context.addHealthCheck(check.apply(limits));
        }
    }

    @Override
    public Health api() {
        return this;
    }

    @Override
    public void register(ServletContext web, String pattern) {
        requireNonNull(web, "web");
        requireNonNull(pattern, "pattern");
        requireOpen();
        HealthServlet servlet = new HealthServlet(context.node(), readiness::state, checks, table, probes, access);
        Endpoints.register(web, pattern, servlet, path -> {
            context.requests().ignore(path);
            return new RequestCounter(context.requests());
        });
    }

    @Override
    public Filter adminOnly() {
        requireOpen();
        return new AdminFilter(access);
    }

    @Override
    public State state() {
        requireOpen();
        return readiness.state();
    }

    @Override
    public void drain() {
        requireOpen();
        if (readiness.takeOut(true)) {
            log.info("node '{}' is taken out of rotation by its operator", context.node());
            heartbeats.soon();
        }
    }

    @Override
    public void resume() {
        requireOpen();
        if (context.state() == Cluster.State.DRAINING) {
            throw new IllegalStateException("cluster '" + context.cluster() + "' is closing");
        }
        if (readiness.takeOut(false)) {
            log.info("node '{}' is put back into rotation by its operator", context.node());
            heartbeats.soon();
        }
    }

    @Override
    public List<NodeStatus> nodes() {
        requireOpen();
        return table.rows();
    }

    @Override
    public void announceLeaving(Deadline deadline) {
        heartbeats.soon();
        departure.await(deadline);
    }

    @Override
    public void close() {
        heartbeats.stop();
    }

    private void requireOpen() {
        if (context.state() == Cluster.State.CLOSED) {
            throw new IllegalStateException("cluster '" + context.cluster() + "' is closed");
        }
    }
}
