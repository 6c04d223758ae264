package io.flotilla.health.internal.checks;

import io.flotilla.health.internal.vitals.Signal;
import io.flotilla.health.internal.vitals.Vitals;
import io.flotilla.spi.HealthCheck;
import java.util.List;
import java.util.OptionalDouble;
import java.util.StringJoiner;
import java.util.function.Supplier;

/** Compares signals of the machine with limits. A signal that is unknown is never bad. */
public final class VitalCheck implements HealthCheck {
    private final String name;
    private final Limits limits;
    private final List<Signal> degrading;
    private final List<Signal> downing;
    private final Supplier<Vitals> vitals;

    private VitalCheck(
            String name, Limits limits, List<Signal> degrading, List<Signal> downing, Supplier<Vitals> vitals) {
        this.name = name;
        this.limits = limits;
        this.degrading = degrading;
        this.downing = downing;
        this.vitals = vitals;
    }

    public static VitalCheck heap(Limits limits, Supplier<Vitals> vitals) {
        return of("heap", limits, List.of(Signal.HEAP), vitals);
    }

    /** The promised memory counts only where the kernel holds to the limit. */
    public static VitalCheck memory(Limits limits, Supplier<Vitals> vitals) {
        return of(
                "memory", limits, List.of(Signal.CGROUP_MEMORY, Signal.HOST_MEMORY, Signal.COMMITTED_ENFORCED), vitals);
    }

    public static VitalCheck cpu(Limits limits, Supplier<Vitals> vitals) {
        return of("cpu", limits, List.of(Signal.CPU, Signal.CPU_THROTTLED), vitals);
    }

    /** Worse than that some task waits for memory is that all do. */
    public static VitalCheck pressure(Limits limits, Supplier<Vitals> vitals) {
        return new VitalCheck(
                "pressure", limits, List.of(Signal.MEMORY_PRESSURE), List.of(Signal.MEMORY_STALL), vitals);
    }

    private static VitalCheck of(String name, Limits limits, List<Signal> signals, Supplier<Vitals> vitals) {
        return new VitalCheck(name, limits, signals, signals, vitals);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Result check() {
        Vitals now = vitals.get();
        Double down = limits.down();
        if (down != null && anyFrom(down, downing, now)) {
            return new Result(Status.DOWN, describe(downing, now));
        }
        return new Result(
                anyFrom(limits.degraded(), degrading, now) ? Status.DEGRADED : Status.UP, describe(degrading, now));
    }

    private static boolean anyFrom(double limit, List<Signal> signals, Vitals now) {
        return signals.stream().anyMatch(each -> now.of(each).orElse(-1) >= limit);
    }

    private static String describe(List<Signal> signals, Vitals now) {
        StringJoiner text = new StringJoiner(", ");
        for (Signal each : signals) {
            OptionalDouble value = now.of(each);
            text.add(each.label()
                    + (value.isPresent() ? " at " + Math.round(100 * value.getAsDouble()) + " %" : " unknown"));
        }
        return text.toString();
    }
}
