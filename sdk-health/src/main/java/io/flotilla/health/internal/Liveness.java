package io.flotilla.health.internal;

import io.flotilla.Cluster;
import io.flotilla.spi.ModuleContext;

/**
 * Whether this process is worth keeping. Says no only to what is local and cannot mend itself: an orchestrator restarts
 * whoever fails here, and restarting every node because of a database would make a small outage a large one.
 */
final class Liveness {
    private final ModuleContext context;
    private final DeadlockCheck deadlock;

    Liveness(ModuleContext context, DeadlockCheck deadlock) {
        this.context = context;
        this.deadlock = deadlock;
    }

    boolean alive() {
        return !deadlock.found() && !memberDied();
    }

    /** The member below stops by itself when it runs out of memory, while the JVM and its web server go on. */
    private boolean memberDied() {
        // The order matters: the member stops after the state has changed if it is stopped on purpose.
        boolean stopped = !context.hazelcast().getLifecycleService().isRunning();
        return stopped && context.state().compareTo(Cluster.State.DRAINING) < 0;
    }
}
