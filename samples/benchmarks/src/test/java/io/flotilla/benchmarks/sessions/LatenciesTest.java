package io.flotilla.benchmarks.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class LatenciesTest {

    @Test
    void tellWithinWhichTimeAShareWasAnswered() {
        Latencies latencies = new Latencies();
        for (int i = 100_000; i > 0; i--) {
            latencies.add(i * 1000L);
        }

        assertThat(latencies.count()).isEqualTo(100_000);
        assertThat(latencies.within(0.5)).isBetween(50_000, 50_001);
        assertThat(latencies.within(0.99)).isBetween(99_000, 99_001);
        assertThat(new Latencies().within(0.5)).isZero();
    }
}
