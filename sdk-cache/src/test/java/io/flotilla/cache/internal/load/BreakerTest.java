package io.flotilla.cache.internal.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class BreakerTest {
    private long now;
    private final Breaker breaker = new Breaker(() -> now);

    private void pass(long millis) {
        now += TimeUnit.MILLISECONDS.toNanos(millis);
    }

    @Test
    void everybodyAsksWhileTheClusterAnswers() {
        breaker.answered();

        assertThat(breaker.allows()).isTrue();
        assertThat(breaker.allows()).isTrue();
    }

    @Test
    void afterAFailureOneASecondTriesAgain() {
        breaker.failed();
        assertThat(breaker.allows()).isFalse();
        pass(999);
        assertThat(breaker.allows()).isFalse();
        pass(1);
        assertThat(breaker.allows()).as("the first").isTrue();
        assertThat(breaker.allows()).as("the second").isFalse();
    }

    @Test
    void oneThatNeverTellsHowItWentStopsNobodyForGood() {
        breaker.failed();
        pass(1_000);
        assertThat(breaker.allows()).isTrue();

        pass(1_000);

        assertThat(breaker.allows()).isTrue();
    }

    @Test
    void anAnswerLetsEverybodyAskAgain() {
        breaker.failed();
        pass(1_000);
        assertThat(breaker.allows()).isTrue();

        breaker.answered();

        assertThat(breaker.allows()).isTrue();
        assertThat(breaker.allows()).isTrue();
    }
}
