package io.flotilla.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.flotilla.testkit.TestTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class DeadlineTest {
    private final TestTime time = new TestTime(); // its ticker overflows after 30 s

    @Test
    void passesWhenItsTimeIsUp() {
        Deadline deadline = Deadline.in(Duration.ofMinutes(1), time.ticker());
        assertThat(deadline.remainingNanos()).isEqualTo(Duration.ofMinutes(1).toNanos());
        assertThat(deadline.passed()).isFalse();

        time.advance(Duration.ofSeconds(59));
        assertThat(deadline.remainingNanos()).isEqualTo(Duration.ofSeconds(1).toNanos());
        assertThat(deadline.passed()).isFalse();

        time.advance(Duration.ofSeconds(1));
        assertThat(deadline.passed()).isTrue();
        time.advance(Duration.ofDays(1));
        assertThat(deadline.remainingNanos()).isZero();
    }

    @Test
    void orInIsTheEarlierOne() {
        Deadline deadline = Deadline.in(Duration.ofSeconds(10), time.ticker());
        assertThat(deadline.orIn(Duration.ofSeconds(3)).remainingNanos())
                .isEqualTo(Duration.ofSeconds(3).toNanos());
        assertThat(deadline.orIn(Duration.ofMinutes(3)).remainingNanos())
                .isEqualTo(Duration.ofSeconds(10).toNanos());
    }
}
