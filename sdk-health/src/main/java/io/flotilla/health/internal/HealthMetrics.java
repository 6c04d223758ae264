package io.flotilla.health.internal;

import io.flotilla.health.internal.vitals.Signal;
import io.flotilla.spi.HealthCheck.Status;
import io.flotilla.spi.Requests;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;

/** The meters of the health module: the only class with their names. */
final class HealthMetrics {
    static final String CHECKS = "flotilla.health.checks";
    static final String PROBES = "flotilla.health.probes";
    static final String REQUESTS = "flotilla.requests.active";

    static final String VITALS = "flotilla.vitals";

    private final MeterRegistry meters;

    HealthMetrics(MeterRegistry meters, Requests requests) {
        this.meters = meters;
        Gauge.builder(REQUESTS, requests, Requests::inFlight)
                .description("Requests that this node works on")
                .register(meters);
    }

    void bind(BackgroundCheck check) {
        for (Status each : Status.values()) {
            Gauge.builder(CHECKS, check, asked -> asked.outcome().status() == each ? 1 : 0)
                    .description("1 for the status that a check has, 0 for the others")
                    .tag("check", check.name())
                    .tag("status", each.name().toLowerCase(Locale.ROOT))
                    .register(meters);
        }
    }

    /** Shows a signal from now on; to be called once for each. */
    void bind(Signal signal, VitalSigns signs) {
        Gauge.builder(VITALS, signs, seen -> seen.of(signal).orElse(Double.NaN))
                .description("How much of a resource is used, as a fraction")
                .tag("signal", signal.label())
                .register(meters);
    }

    void probed(String probe, String outcome) {
        meters.counter(PROBES, "probe", probe, "outcome", outcome.toLowerCase(Locale.ROOT))
                .increment();
    }
}
