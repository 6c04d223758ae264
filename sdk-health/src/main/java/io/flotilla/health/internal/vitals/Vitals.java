package io.flotilla.health.internal.vitals;

import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** What was measured at one moment; what could not be measured is not in it. Immutable. */
public final class Vitals {
    /** Nothing is known. */
    public static final Vitals UNKNOWN = new Vitals(Map.of());

    private final Map<Signal, Double> values;

    Vitals(Map<Signal, Double> values) {
        this.values = Map.copyOf(values);
    }

    /** Collects what is known. Used by one thread. */
    static final class Collector {
        private final Map<Signal, Double> values = new EnumMap<>(Signal.class);

        /** Takes a value, unless it is none: a negative one, not a number, or infinite. */
        void take(Signal signal, double value) {
            if (value >= 0 && Double.isFinite(value)) {
                values.put(signal, value);
            }
        }

        Vitals all() {
            return new Vitals(values);
        }
    }

    /** The value of a signal, empty if it is unknown. */
    public OptionalDouble of(Signal signal) {
        Double value = values.get(signal);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Vitals vitals && vitals.values.equals(values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return new TreeMap<>(values).toString();
    }
}
