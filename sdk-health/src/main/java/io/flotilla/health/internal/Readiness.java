package io.flotilla.health.internal;

import io.flotilla.Cluster;
import io.flotilla.health.Health.State;
import io.flotilla.health.internal.checks.Group;
import io.flotilla.spi.ModuleContext;

/** How this node is doing, from what is known without waiting. */
final class Readiness {
    private final ModuleContext context;
    private final BackgroundChecks checks;
    private volatile boolean takenOut;
    private volatile boolean started;

    Readiness(ModuleContext context, BackgroundChecks checks) {
        this.context = context;
        this.checks = checks;
    }

    State state() {
        return state(Group.ALL);
    }

    /** How it is doing as far as the checks of a group tell. */
    State state(Group group) {
        Cluster.State cluster = context.state();
        if (cluster == Cluster.State.CLOSED) {
            return State.DOWN;
        }
        if (takenOut || cluster == Cluster.State.DRAINING) {
            return State.DRAINING;
        }
        if (!started() || !checks.haveAll(group.required())) {
            return State.STARTING;
        }
        return switch (checks.worst(group)) {
            case UP -> State.UP;
            case DEGRADED -> State.DEGRADED;
            case DOWN -> State.DOWN;
        };
    }

    static boolean isReady(State state) {
        return state == State.UP || state == State.DEGRADED;
    }

    /** Whether the node has come up. Once it has, this stays true, whatever becomes of the node. */
    boolean started() {
        if (!started && context.state() == Cluster.State.RUNNING && checks.allHaveRun()) {
            started = true;
        }
        return started;
    }

    /** The operator's word; returns whether it changed anything. */
    synchronized boolean takeOut(boolean out) {
        boolean changed = takenOut != out;
        takenOut = out;
        return changed;
    }
}
