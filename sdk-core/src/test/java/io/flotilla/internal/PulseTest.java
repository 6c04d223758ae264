package io.flotilla.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.flotilla.testkit.TestTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class PulseTest {
    private final TestTime time = new TestTime();
    private final Pulse pulse = new Pulse(time.ticker());

    @Test
    void aLateTimerIsNoStallYet() {
        time.advance(Duration.ofSeconds(4));
        assertThat(pulse.beats()).isTrue();
        assertThat(pulse.beat()).isTrue();
        assertThat(pulse.stalls()).isZero();
    }

    /** Any thread sees it, before the timer has run. */
    @Test
    void aStallIsSeenBeforeTheTimerBeatsAndRememberedAfterwards() {
        time.advance(Duration.ofMillis(4_001));
        assertThat(pulse.beats()).isFalse();

        assertThat(pulse.beat()).isFalse();
        assertThat(pulse.beats()).isTrue();
        assertThat(pulse.stalls()).isOne();
        assertThat(pulse.beat()).isTrue();
    }

    @Test
    void aLongTimeWithBeatsIsNoStall() {
        for (int i = 0; i < 100; i++) {
            time.advance(Pulse.EVERY);
            assertThat(pulse.beat()).isTrue();
        }
    }
}
