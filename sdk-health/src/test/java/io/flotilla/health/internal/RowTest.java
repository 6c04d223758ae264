package io.flotilla.health.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.flotilla.health.Health.State;
import io.flotilla.health.NodeStatus;
import io.flotilla.health.internal.wire.Heartbeat;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RowTest {
    private final Heartbeat heartbeat =
            new Heartbeat("web-2", new UUID(1, 2), 7, 1, State.UP, 100, "http://10.0.0.2", 3, 60_000, 1_000);

    @Test
    void showsWhatWasHeard() {
        NodeStatus row = Row.heard(heartbeat, Duration.ofSeconds(3));
        assertThat(row.node()).isEqualTo("web-2");
        assertThat(row.self()).isFalse();
        assertThat(row.state()).isEqualTo(State.UP);
        assertThat(row.weight()).isEqualTo(100);
        assertThat(row.url()).contains(URI.create("http://10.0.0.2"));
        assertThat(row.inFlight()).isEqualTo(3);
        assertThat(row.lastSeen()).contains(Duration.ofSeconds(3));
        assertThat(row.uptime()).isEqualTo(Duration.ofSeconds(63));
    }

    @Test
    void aNodeThatMissedThreeOfItsOwnIntervalsIsSilent() {
        NodeStatus row = Row.heard(heartbeat, Duration.ofMillis(3_001));
        assertThat(row.state()).isEqualTo(State.SILENT);
        assertThat(row.weight()).isZero();
    }

    @Test
    void aNodeThatWasNotHeardYetIsStarting() {
        NodeStatus row = Row.unheard(new UUID(1, 2), "web-2");
        assertThat(row.state()).isEqualTo(State.STARTING);
        assertThat(row.weight()).isZero();
        assertThat(row.lastSeen()).isEmpty();
        assertThat(row.url()).isEmpty();
    }
}
