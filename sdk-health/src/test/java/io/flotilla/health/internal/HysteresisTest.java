package io.flotilla.health.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.flotilla.spi.HealthCheck.Result;
import io.flotilla.spi.HealthCheck.Status;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HysteresisTest {
    private static final Result BAD = new Result(Status.DOWN, "no disk");

    private long now = Long.MAX_VALUE - Duration.ofSeconds(20).toNanos(); // overflows on the way
    private Hysteresis hysteresis = new Hysteresis(1, 1, Duration.ofSeconds(30));

    private Result say(Result said) {
        now += Duration.ofSeconds(1).toNanos();
        return hysteresis.judge(said, now);
    }

    @Test
    void byDefaultEachWordCounts() {
        assertThat(say(Result.UP)).isEqualTo(Result.UP);
        assertThat(say(BAD)).isEqualTo(BAD);
        assertThat(say(Result.UP)).isEqualTo(Result.UP);
    }

    @Test
    void isDegradedUntilItFailedOftenEnoughInARow() {
        hysteresis = new Hysteresis(3, 1, Duration.ofSeconds(30));
        say(Result.UP);
        assertThat(say(BAD)).isEqualTo(new Result(Status.DEGRADED, "failed 1 of 3 times: no disk"));
        say(Result.UP);
        assertThat(say(BAD).status()).isEqualTo(Status.DEGRADED);
        assertThat(say(BAD).status()).isEqualTo(Status.DEGRADED);
        assertThat(say(BAD)).isEqualTo(BAD);
    }

    @Test
    void theFirstWordCountsAtOnce() {
        hysteresis = new Hysteresis(3, 3, Duration.ofSeconds(30));
        assertThat(say(BAD)).isEqualTo(BAD);
        hysteresis = new Hysteresis(3, 3, Duration.ofSeconds(30));
        assertThat(say(Result.UP)).isEqualTo(Result.UP);
    }

    @Test
    void staysDownUntilItWasGoodOftenEnoughInARow() {
        hysteresis = new Hysteresis(1, 3, Duration.ofSeconds(30));
        say(BAD);
        assertThat(say(Result.UP)).isEqualTo(new Result(Status.DOWN, "good again, 1 of 3 times"));
        assertThat(say(Result.UP).status()).isEqualTo(Status.DOWN);
        say(BAD);
        assertThat(say(Result.UP).status()).isEqualTo(Status.DOWN);
        assertThat(say(Result.UP).status()).isEqualTo(Status.DOWN);
        Result degraded = new Result(Status.DEGRADED, "slow");
        assertThat(say(degraded)).isEqualTo(degraded);
    }

    @Test
    void oneThatFlapsHasToBeGoodForAWhile() {
        for (int i = 0; i < 2; i++) {
            say(Result.UP);
            say(BAD);
        }
        assertThat(say(Result.UP)).as("twice is no habit").isEqualTo(Result.UP);
        say(BAD);
        for (int second = 0; second < 30; second++) {
            assertThat(say(Result.UP).status()).as("after %d s", second).isEqualTo(Status.DOWN);
        }
        assertThat(say(Result.UP)).isEqualTo(Result.UP);
    }

    @Test
    void withoutAHoldEachWordCountsHoweverOftenItFell() {
        hysteresis = new Hysteresis(1, 1, Duration.ZERO);
        for (int i = 0; i < 9; i++) {
            assertThat(say(Result.UP)).isEqualTo(Result.UP);
            say(BAD);
        }
    }

    @Test
    void fallsFarApartAreNoFlapping() {
        for (int i = 0; i < 4; i++) {
            assertThat(say(Result.UP)).isEqualTo(Result.UP);
            say(BAD);
            now += Duration.ofSeconds(31).toNanos();
        }
        assertThat(say(Result.UP)).isEqualTo(Result.UP);
    }
}
