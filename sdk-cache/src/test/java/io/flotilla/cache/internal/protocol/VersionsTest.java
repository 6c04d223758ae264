package io.flotilla.cache.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class VersionsTest {
    private static final long NOW = 1_000_000;

    private final Versions versions = new Versions();

    @Test
    void riseWithinAMillisecond() {
        long first = versions.next(0, NOW);

        assertThat(versions.next(0, NOW)).isGreaterThan(first);
    }

    @Test
    void riseThoughTheClockIsSetBack() {
        long first = versions.next(0, NOW);

        assertThat(versions.next(0, NOW - 1000)).isGreaterThan(first);
    }

    @Test
    void areHigherThanTheRowsOfAPredecessorWhoseClockWasAhead() {
        long present = new Versions().next(0, NOW + 1000);

        assertThat(versions.next(present, NOW)).isGreaterThan(present);
    }

    /** A row that was removed is not there to be compared with. */
    @Test
    void ofANewOwnerAreHigherThanItsPredecessorsWereWhenTheirClocksAgree() {
        long removed = versions.next(0, NOW);

        assertThat(new Versions().next(0, NOW + 1)).isGreaterThan(removed);
    }
}
