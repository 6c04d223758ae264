package io.flotilla.health.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.flotilla.health.internal.checks.Advisory;
import io.flotilla.spi.HealthCheck;
import io.flotilla.spi.HealthCheck.Result;
import io.flotilla.spi.HealthCheck.Status;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BackgroundCheckTest {
    private final FakeContext context = new FakeContext();
    private final FakeCheck fake = new FakeCheck("disk");
    private final AtomicInteger runs = new AtomicInteger();
    private final BackgroundCheck check =
            new BackgroundCheck(fake, Settings.DEFAULTS, context.ticker(), runs::incrementAndGet);

    @Test
    void knowsNothingBeforeTheFirstRun() {
        assertThat(check.hasRun()).isFalse();
        assertThat(check.outcome().status()).isNull();
        assertThat(check.outcome().detail()).isEqualTo("has not run yet");
    }

    @Test
    void keepsWhatTheCheckSaid() {
        fake.result = new Result(Status.DEGRADED, "90 % full");
        check.run();
        context.advance(Duration.ofMillis(700));

        assertThat(check.outcome())
                .isEqualTo(new Outcome("disk", Status.DEGRADED, "90 % full", Duration.ofMillis(700)));
        assertThat(runs).hasValue(1);
    }

    @Test
    void exceptionsAreDown() {
        fake.failure = new IllegalStateException("no\n  disk");
        check.run();
        assertThat(check.outcome().status()).isEqualTo(Status.DOWN);
        assertThat(check.outcome().detail()).isEqualTo("java.lang.IllegalStateException: no disk");
    }

    @Test
    void errorsAreDownAndDoNotEndTheSeries() {
        fake.failure = new NoClassDefFoundError("Disk");
        check.run();
        assertThat(check.outcome().status()).isEqualTo(Status.DOWN);
        assertThat(runs).hasValue(1);
    }

    @Test
    void longTextsAreCut() {
        fake.failure = new IllegalStateException("x".repeat(10_000));
        check.run();
        assertThat(check.outcome().detail()).hasSizeLessThan(400).endsWith("…");
    }

    @Test
    void nullIsDown() {
        fake.result = null;
        check.run();
        assertThat(check.outcome().status()).isEqualTo(Status.DOWN);
    }

    @Test
    void anInterruptIsKeptForTheThread() {
        fake.failure = new InterruptedException();
        check.run();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(check.outcome().status()).isEqualTo(Status.DOWN);
    }

    @Test
    void anAnswerThatComesTooLateIsAFailure() {
        HealthCheck slow = new HealthCheck() {
            @Override
            public String name() {
                return "slow";
            }

            @Override
            public Result check() {
                context.advance(Duration.ofMillis(2_001));
                return Result.UP;
            }
        };
        BackgroundCheck late = new BackgroundCheck(slow, Settings.DEFAULTS, context.ticker(), () -> {});
        late.run();
        assertThat(late.outcome()).isEqualTo(new Outcome("slow", Status.DOWN, "answered after 2001 ms", Duration.ZERO));
    }

    @Test
    void anAdvisoryCheckIsDegradedAtWorst() {
        BackgroundCheck advisory =
                new BackgroundCheck(new Advisory(fake), Settings.DEFAULTS, context.ticker(), runs::incrementAndGet);
        fake.result = new Result(Status.DOWN, "refused");
        advisory.run();
        assertThat(advisory.outcome()).isEqualTo(new Outcome("disk", Status.DEGRADED, "refused", Duration.ZERO));
        context.advance(Duration.ofSeconds(9));
        assertThat(advisory.outcome().status()).as("hung").isEqualTo(Status.DEGRADED);
    }

    @Test
    void whenTheNextRunDoesNotComeThenDown() {
        check.run();
        context.advance(Duration.ofSeconds(3)); // interval + timeout
        assertThat(check.outcome().status()).isEqualTo(Status.UP);

        context.advance(Duration.ofNanos(1));
        assertThat(check.outcome().status()).isEqualTo(Status.DOWN);
        assertThat(check.outcome().detail()).isEqualTo("did not answer within 2000 ms");

        check.run();
        assertThat(check.outcome().status()).isEqualTo(Status.UP);
    }
}
