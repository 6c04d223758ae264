package io.flotilla.internal;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The only place that reads the system's clocks. The wall clock is read once and carried on by elapsed time: it never
 * jumps, whatever happens to the host's clock, so that a clock set by an operator expires no session and evicts no member.
 */
public final class SystemTime {
    public static final LongSupplier TICKER = System::nanoTime;

    private static final long ORIGIN_MILLIS = System.currentTimeMillis();
    private static final long ORIGIN_NANOS = System.nanoTime();

    public static final InstantSource CLOCK = new InstantSource() {
        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(millis());
        }

        @Override
        public long millis() {
            return ORIGIN_MILLIS + (System.nanoTime() - ORIGIN_NANOS) / 1_000_000;
        }
    };

    private SystemTime() {}
}
