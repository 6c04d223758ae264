package io.flotilla.health.internal;

import io.flotilla.health.Health.State;
import io.flotilla.health.NodeStatus;
import io.flotilla.health.internal.wire.Heartbeat;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One row of the table of nodes. */
record Row(
        UUID member,
        String node,
        boolean self,
        State state,
        int weight,
        @Nullable URI address,
        int inFlight,
        @Nullable Duration age,
        Duration uptime)
        implements NodeStatus {
    private static final int MISSED_UNTIL_SILENT = 3;

    static Row ofSelf(Heartbeat now) {
        return of(now, true, now.state(), now.weight(), Duration.ZERO);
    }

    static Row heard(Heartbeat last, Duration age) {
        boolean silent = age.toMillis() > (long) MISSED_UNTIL_SILENT * last.intervalMillis();
        return silent ? of(last, false, State.SILENT, 0, age) : of(last, false, last.state(), last.weight(), age);
    }

    static Row unheard(UUID member, String node) {
        return new Row(member, node, false, State.STARTING, 0, null, 0, null, Duration.ZERO);
    }

    private static Row of(Heartbeat heartbeat, boolean self, State state, int weight, Duration age) {
        return new Row(
                heartbeat.member(),
                heartbeat.node(),
                self,
                state,
                weight,
                heartbeat.url() == null ? null : URI.create(heartbeat.url()),
                heartbeat.inFlight(),
                age,
                Duration.ofMillis(heartbeat.uptimeMillis()).plus(age));
    }

    @Override
    public Optional<URI> url() {
        return Optional.ofNullable(address);
    }

    @Override
    public Optional<Duration> lastSeen() {
        return Optional.ofNullable(age);
    }
}
