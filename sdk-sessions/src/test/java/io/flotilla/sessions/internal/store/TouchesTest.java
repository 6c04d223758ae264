package io.flotilla.sessions.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.flotilla.testkit.TestTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class TouchesTest {
    private final TestTime time = new TestTime();
    private final Touches touches = new Touches(time.ticker());

    @Test
    void firstAtOnceAndThenOneASecond() {
        assertThat(touches.isDue("a")).isTrue();
        assertThat(touches.isDue("a")).isFalse();
        time.advance(Duration.ofMillis(999));
        assertThat(touches.isDue("a")).isFalse();
        time.advance(Duration.ofMillis(1));
        assertThat(touches.isDue("a")).isTrue();
        assertThat(touches.isDue("a")).isFalse();
    }

    @Test
    void refusalsDoNotProlongThePause() {
        assertThat(touches.isDue("a")).isTrue();
        for (int i = 0; i < 9; i++) {
            time.advance(Duration.ofMillis(100));
            assertThat(touches.isDue("a")).isFalse();
        }
        time.advance(Duration.ofMillis(100));
        assertThat(touches.isDue("a")).isTrue();
    }

    @Test
    void pausesThatAreOverTakeNoMemory() {
        assertThat(touches.isDue("a")).isTrue();
        time.advance(Duration.ofSeconds(1));
        assertThat(touches.size()).isEqualTo(1);
        touches.cleanUp();

        assertThat(touches.size()).isZero();
    }

    @Test
    void sessionsDoNotShareThePause() {
        assertThat(touches.isDue("a")).isTrue();
        assertThat(touches.isDue("b")).isTrue();
    }
}
