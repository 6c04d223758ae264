package io.flotilla.health.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.flotilla.spi.HealthCheck.Result;
import io.flotilla.spi.HealthCheck.Status;
import org.junit.jupiter.api.Test;

class HealthMetricsTest {
    private final FakeContext context = new FakeContext();
    private final HealthMetrics metrics = new HealthMetrics(context.meters(), context.requests());

    private double check(String status) {
        return context.meters
                .get("flotilla.health.checks")
                .tags("check", "disk", "status", status)
                .gauge()
                .value();
    }

    @Test
    void oneStatusOfACheckIsOne() {
        FakeCheck disk = new FakeCheck("disk");
        BackgroundCheck check = new BackgroundCheck(disk, Settings.DEFAULTS, context.ticker(), () -> {});
        metrics.bind(check);
        assertThat(check("up") + check("degraded") + check("down")).isZero();
        for (Status each : Status.values()) {
            disk.result = new Result(each, "");
            check.run();
            assertThat(check("up")).isEqualTo(each == Status.UP ? 1 : 0);
            assertThat(check("degraded")).isEqualTo(each == Status.DEGRADED ? 1 : 0);
            assertThat(check("down")).isEqualTo(each == Status.DOWN ? 1 : 0);
        }
    }

    @Test
    void countsRequestsAndProbes() {
        context.requests.entered();
        metrics.probed("ready", "DRAINING");
        metrics.probed("ready", "DRAINING");
        assertThat(context.meters.get("flotilla.requests.active").gauge().value())
                .isEqualTo(1);
        assertThat(context.meters
                        .get("flotilla.health.probes")
                        .tags("probe", "ready", "outcome", "draining")
                        .counter()
                        .count())
                .isEqualTo(2);
    }
}
