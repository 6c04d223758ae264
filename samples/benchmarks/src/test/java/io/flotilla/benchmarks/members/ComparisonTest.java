package io.flotilla.benchmarks.members;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ComparisonTest {

    @Test
    void theRatioIsThatOfEachRoundAndNotOfTheMedians() {
        Comparison comparison = new Comparison("joiner");
        comparison.add(100, 50);
        comparison.add(300, 300);
        comparison.add(400, 200);

        assertThat(comparison.row())
                .isEqualTo("| joiner | 300 (200 to 350) | 200 (125 to 250) | 2.00 (1.50 to 2.00) |");
    }
}
