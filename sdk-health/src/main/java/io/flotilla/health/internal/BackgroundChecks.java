package io.flotilla.health.internal;

import io.flotilla.health.internal.checks.Group;
import io.flotilla.spi.HealthCheck;
import io.flotilla.spi.HealthCheck.Status;
import io.flotilla.spi.ModuleContext;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;

/** All checks of this node, each on its own thread and at its own pace. */
final class BackgroundChecks {
    private final HealthConfig config;
    private final ModuleContext context;
    private final HealthMetrics metrics;
    private final List<BackgroundCheck> checks = new CopyOnWriteArrayList<>();

    BackgroundChecks(HealthConfig config, ModuleContext context, HealthMetrics metrics) {
        this.config = config;
        this.context = context;
        this.metrics = metrics;
    }

    /**
     * Begins to run the checks that were added since the last call; modules that start later add theirs later. Called by
     * one thread at a time.
     *
     * @param afterwards called after every run of a check
     */
    void discover(Runnable afterwards) {
        for (HealthCheck each : context.healthChecks()) {
            if (!knows(each)) {
                begin(new BackgroundCheck(each, config, context.ticker(), afterwards));
            }
        }
    }

    private void begin(BackgroundCheck check) {
        metrics.bind(check);
        checks.add(check);
        // One thread a check: a hung one keeps its own thread busy, and no other.
        ExecutorService thread = context.newPool("check-" + check.name(), 1);
        thread.execute(check);
        context.repeat(thread, config.checkInterval(), "check " + check.name(), check);
    }

    private boolean knows(HealthCheck check) {
        return checks.stream().anyMatch(each -> each.isOf(check));
    }

    /** Whether every check that modules have added so far has answered at least once. */
    boolean allHaveRun() {
        return context.healthChecks().size() == checks.size() && checks.stream().allMatch(BackgroundCheck::hasRun);
    }

    List<Outcome> outcomes() {
        return checks.stream().map(BackgroundCheck::outcome).toList();
    }

    /** Whether there is a check for every name. */
    boolean haveAll(Set<String> names) {
        return checks.stream().map(BackgroundCheck::name).toList().containsAll(names);
    }

    /** The worst status of those that are known. */
    Status worst() {
        return worst(Group.ALL);
    }

    /** The worst status of those of a group that are known. */
    Status worst(Group group) {
        Status worst = Status.UP;
        for (BackgroundCheck each : checks) {
            Status status = group.has(each.name()) ? each.outcome().status() : null;
            if (status != null && status.compareTo(worst) > 0) {
                worst = status;
            }
        }
        return worst;
    }
}
