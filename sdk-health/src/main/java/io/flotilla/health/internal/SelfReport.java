package io.flotilla.health.internal;

import io.flotilla.health.Health.State;
import io.flotilla.health.internal.wire.Heartbeat;
import io.flotilla.spi.ModuleContext;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** What this node says about itself. */
final class SelfReport {
    private static final int FULL_WEIGHT = 100;

    private final HealthConfig config;
    private final ModuleContext context;
    private final Readiness readiness;
    private final long incarnation = ThreadLocalRandom.current().nextLong();
    private final long startedAt;

    SelfReport(HealthConfig config, ModuleContext context, Readiness readiness) {
        this.config = config;
        this.context = context;
        this.readiness = readiness;
        this.startedAt = context.ticker().getAsLong();
    }

    /** The node as it is now, as heartbeat number {@code seq}. */
    Heartbeat heartbeat(long seq) {
        State state = readiness.state();
        @Nullable URI url = config.url();
        return new Heartbeat(
                context.node(),
                // Not kept: a member gets a new id when its side of a split joins the other.
                context.hazelcast().getCluster().getLocalMember().getUuid(),
                incarnation,
                seq,
                state,
                Readiness.isReady(state) ? FULL_WEIGHT : 0,
                url == null ? null : url.toString(),
                context.requests().inFlight(),
                Duration.ofNanos(context.ticker().getAsLong() - startedAt).toMillis(),
                (int) config.heartbeatInterval().toMillis());
    }
}
