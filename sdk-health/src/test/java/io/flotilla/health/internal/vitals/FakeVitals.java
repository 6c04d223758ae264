package io.flotilla.health.internal.vitals;

import java.util.Map;

/** Signals of a test's choice. */
public final class FakeVitals {
    private FakeVitals() {}

    public static Vitals of(Map<Signal, Double> values) {
        return new Vitals(values);
    }
}
