package io.flotilla.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.flotilla.testkit.TestTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class SeldomTest {
    private final TestTime time = new TestTime();
    private final Seldom seldom = new Seldom(Duration.ofMinutes(1), time.ticker());

    @Test
    void atOnceAndThenOnceInAWhileWithTheCountOfWhatWasLeftOut() {
        assertThat(seldom.now()).hasValue(0);
        for (int i = 0; i < 7; i++) {
            assertThat(seldom.now()).isEmpty();
        }
        time.advance(Duration.ofSeconds(59));
        assertThat(seldom.now()).isEmpty();

        time.advance(Duration.ofSeconds(1));
        assertThat(seldom.now()).hasValue(8);
        assertThat(seldom.now()).isEmpty();
        time.advance(Duration.ofHours(1));
        assertThat(seldom.now()).hasValue(1);
    }
}
