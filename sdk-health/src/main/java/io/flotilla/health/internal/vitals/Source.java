package io.flotilla.health.internal.vitals;

/** Measures a few signals. Used by one thread. */
@FunctionalInterface
interface Source {
    /** Adds what is known now; leaves out the rest and never fails because of it. */
    void read(Vitals.Collector vitals);
}
