package io.flotilla.health.internal;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.flotilla.spi.HealthCheck.Status;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckLogTest {

    @Test
    void speaksOnlyWhenSomethingChanges() {
        try (LogCapture log = new LogCapture(CheckLog.class)) {
            CheckLog checkLog = new CheckLog("web-1");
            for (Status each : List.of(Status.UP, Status.UP, Status.DOWN, Status.DOWN, Status.DEGRADED, Status.UP)) {
                checkLog.note(List.of(new Outcome("disk", each, "because", Duration.ZERO)));
            }
            checkLog.note(List.of(new Outcome("mail", null, "", Duration.ZERO)));

            assertThat(log.lines(Level.WARN))
                    .containsExactly("node 'web-1': health check 'disk' is DOWN, so this node is not ready: because");
            assertThat(log.lines(Level.INFO))
                    .containsExactly(
                            "node 'web-1': health check 'disk' is DEGRADED: because",
                            "node 'web-1': health check 'disk' is UP again");
        }
    }
}
