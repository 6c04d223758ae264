package io.flotilla.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.flotilla.benchmarks.report.Bar.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BarTest {

    @Test
    void theMedianOfTheRatiosDecides() {
        Bar bar = Bar.atLeast(2, "sessions.throughput.80-20.1k.vs-spring-hazelcast");

        assertThat(bar.of(List.of(1.5, 2.25, 3.0)))
                .isEqualTo(
                        new Verdict(
                                false,
                                "BAR sessions.throughput.80-20.1k.vs-spring-hazelcast 2.25 >=2 PASS # 2.25 (1.88 to 2.63), 3 pairs"));
        assertThat(bar.of(List.of(1.0, 1.9, 9.0)).failed()).isTrue();
    }

    @Test
    void whereLessIsBetterTheBoundItselfPasses() {
        Bar bar = Bar.atMost(0, "sessions.races.lost");

        assertThat(bar.of(0, "of 400").line()).isEqualTo("BAR sessions.races.lost 0 <=0 PASS # of 400");
        assertThat(bar.of(1, "of 400")).isEqualTo(new Verdict(true, "BAR sessions.races.lost 1 <=0 FAIL # of 400"));
    }

    @Test
    void whatIsPrintedIsWhatIsJudged() {
        assertThat(Bar.atMost(1, "x").of(1.004, "y")).isEqualTo(new Verdict(false, "BAR x 1 <=1 PASS # y"));
        assertThat(Bar.atMost(1, "x").of(1.006, "y")).isEqualTo(new Verdict(true, "BAR x 1.01 <=1 FAIL # y"));
    }

    @Test
    void whatCannotBeMeasuredFailsNothing() {
        assertThat(Bar.atLeast(1.5, "x").skipped("needs Debian's redis-server"))
                .isEqualTo(new Verdict(false, "BAR x - >=1.50 SKIP # needs Debian's redis-server"));
    }
}
