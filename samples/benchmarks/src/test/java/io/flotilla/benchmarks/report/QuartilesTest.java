package io.flotilla.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class QuartilesTest {

    @Test
    void liesBetweenSamplesWhereItMust() {
        assertThat(Quartiles.of(List.of(5.0, 1.0, 4.0, 2.0, 3.0))).isEqualTo(new Quartiles(2, 3, 4));
        assertThat(Quartiles.of(List.of(1.0, 2.0))).isEqualTo(new Quartiles(1.25, 1.5, 1.75));
        assertThat(Quartiles.of(List.of(7.0))).isEqualTo(new Quartiles(7, 7, 7));
    }

    @Test
    void printsMedianAndSpread() {
        assertThat(new Quartiles(1.04, 1.125, 1.3).format(2)).isEqualTo("1.13 (1.04 to 1.30)");
        assertThat(new Quartiles(690.4, 712.2, 745.6).format(0)).isEqualTo("712 (690 to 746)");
    }
}
