package io.flotilla.health.internal;

import io.flotilla.health.internal.vitals.Signal;
import io.flotilla.health.internal.vitals.Vitals;
import io.flotilla.spi.ModuleContext;
import java.time.Duration;
import java.util.EnumSet;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The latest signals of the machine, measured in the background. When the measuring itself stands still they are unknown
 * after a while, rather than what they once were.
 */
final class VitalSigns implements Supplier<Vitals> {
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration TOO_OLD = Duration.ofSeconds(5);

    private final Supplier<Vitals> machine;
    private final LongSupplier ticker;
    private final HealthMetrics metrics;
    private final Set<Signal> shown = EnumSet.noneOf(Signal.class); // by measure() alone
    private volatile Measured last;

    private record Measured(Vitals vitals, long at) {}

    VitalSigns(Supplier<Vitals> machine, LongSupplier ticker, HealthMetrics metrics) {
        this.machine = machine;
        this.ticker = ticker;
        this.metrics = metrics;
        this.last = new Measured(Vitals.UNKNOWN, ticker.getAsLong());
    }

    void start(ModuleContext context) {
        context.repeat(context.newPool("vitals", 1), INTERVAL, "vitals", this::measure);
    }

    /** Never called twice at the same time. */
    void measure() {
        Vitals vitals = machine.get();
        last = new Measured(vitals, ticker.getAsLong());
        for (Signal each : Signal.values()) {
            if (vitals.of(each).isPresent() && shown.add(each)) {
                metrics.bind(each, this);
            }
        }
    }

    @Override
    public Vitals get() {
        Measured seen = last;
        return ticker.getAsLong() - seen.at > TOO_OLD.toNanos() ? Vitals.UNKNOWN : seen.vitals;
    }

    OptionalDouble of(Signal signal) {
        return get().of(signal);
    }
}
