package io.flotilla.health.internal;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.flotilla.health.internal.vitals.FakeVitals;
import io.flotilla.health.internal.vitals.Signal;
import io.flotilla.health.internal.vitals.Vitals;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VitalSignsTest {
    private final FakeContext context = new FakeContext();
    private Vitals measured = Vitals.UNKNOWN;
    private final VitalSigns signs =
            new VitalSigns(() -> measured, context.ticker(), new HealthMetrics(context.meters(), context.requests()));

    @Test
    void aSignalHasAGaugeOnceItIsKnown() {
        signs.measure();
        assertThat(context.meters.find("flotilla.vitals").gauges()).isEmpty();

        measured = FakeVitals.of(Map.of(Signal.HEAP, 0.4));
        signs.measure();
        signs.measure();
        assertThat(context.meters.find("flotilla.vitals").gauges()).hasSize(1);
        assertThat(context.meters
                        .get("flotilla.vitals")
                        .tag("signal", "heap")
                        .gauge()
                        .value())
                .isEqualTo(0.4);

        measured = Vitals.UNKNOWN;
        signs.measure();
        assertThat(context.meters.get("flotilla.vitals").gauge().value()).isNaN();
    }

    /** The registry would warn of each further one. */
    @Test
    void aGaugeIsRegisteredOnce() {
        measured = FakeVitals.of(Map.of(Signal.HEAP, 0.4));
        try (LogCapture registry = new LogCapture(MeterRegistry.class)) {
            signs.measure();
            signs.measure();
            assertThat(registry.lines(Level.WARN)).isEmpty();
        }
    }

    @Test
    void whenTheMeasuringStandsStillAllIsUnknown() {
        measured = FakeVitals.of(Map.of(Signal.CPU, 0.9));
        signs.measure();
        context.advance(Duration.ofSeconds(5));
        assertThat(signs.get()).isEqualTo(measured);

        context.advance(Duration.ofNanos(1));
        assertThat(signs.get()).isEqualTo(Vitals.UNKNOWN);
    }
}
