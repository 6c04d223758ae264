package io.flotilla.health.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.flotilla.health.internal.Probers.Count;
import io.flotilla.health.internal.Probers.Prober;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProbersTest {
    private final FakeContext context = new FakeContext();
    private final Probers probers = new Probers(context.ticker());
    private final Prober balancer = new Prober("10.0.0.9", "haproxy", "lb1");

    private void answer(Prober prober, boolean ready, int times, Duration interval) {
        for (int i = 0; i < times; i++) {
            probers.answered(prober, ready);
            context.advance(interval);
        }
    }

    @Test
    void whoAskedOnceIsNotAwaited() {
        answer(balancer, true, 1, Duration.ZERO);
        assertThat(probers.count(3)).isEqualTo(new Count(0, 0));
    }

    @Test
    void whoAsksAgainIsAwaitedUntilToldOftenEnough() {
        Duration twoSeconds = Duration.ofSeconds(2);
        answer(balancer, true, 2, twoSeconds);
        assertThat(probers.count(3)).isEqualTo(new Count(1, 1));
        answer(balancer, false, 2, twoSeconds);
        assertThat(probers.count(3)).isEqualTo(new Count(1, 1));
        answer(balancer, false, 1, twoSeconds);
        assertThat(probers.count(3)).isEqualTo(new Count(1, 0));
    }

    @Test
    void whoIsToldOtherwiseInBetweenBeginsAnew() {
        answer(balancer, false, 3, Duration.ofSeconds(1));
        answer(balancer, true, 1, Duration.ofSeconds(1));
        answer(balancer, false, 2, Duration.ofSeconds(1));
        assertThat(probers.count(3)).isEqualTo(new Count(1, 1));
    }

    @Test
    void whoMissedThreeTurnsDoesNotAskAnyMore() {
        answer(balancer, true, 2, Duration.ofSeconds(5));
        context.advance(Duration.ofSeconds(11)); // 16 s since the last time
        assertThat(probers.count(3).known()).isEqualTo(1);
        context.advance(Duration.ofNanos(1));
        assertThat(probers.count(3).known()).isZero();
    }

    @Test
    void onePromptQuestionDoesNotMakeASlowProberUnknown() {
        answer(balancer, true, 2, Duration.ofSeconds(5));
        probers.answered(balancer, true);
        context.advance(Duration.ofMillis(10));
        probers.answered(balancer, true);
        context.advance(Duration.ofSeconds(5));
        assertThat(probers.count(3).known()).isEqualTo(1);
    }

    @Test
    void probersAreToldApartByAddressAgentAndParameter() {
        for (Prober each : new Prober[] {
            balancer,
            new Prober("10.0.0.8", "haproxy", "lb1"),
            new Prober("10.0.0.9", "varnish", "lb1"),
            new Prober("10.0.0.9", "haproxy", "lb2")
        }) {
            answer(each, true, 2, Duration.ZERO);
        }
        assertThat(probers.count(3).known()).isEqualTo(4);
    }

    @Test
    void aFloodOfInventedProbersDoesNotFillTheMemoryAndForgetsTheOldestFirst() {
        answer(balancer, false, 3, Duration.ZERO);
        for (int i = 0; i < 63; i++) {
            answer(new Prober("10.0.0.7", "x".repeat(100_000), "" + i), true, 2, Duration.ZERO);
        }
        assertThat(probers.count(3)).isEqualTo(new Count(64, 63));
        probers.answered(balancer, false);
        probers.answered(new Prober("10.0.0.6", "", ""), true);
        assertThat(probers.count(3)).as("not the balancer").isEqualTo(new Count(63, 62));
    }

    @Test
    void longTextsAreCut() {
        assertThat(new Prober("a", "x".repeat(1_000), "y".repeat(1_000)))
                .isEqualTo(new Prober("a", "x".repeat(100), "y".repeat(100)));
    }
}
