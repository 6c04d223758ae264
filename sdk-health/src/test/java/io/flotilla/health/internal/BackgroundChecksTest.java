package io.flotilla.health.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flotilla.spi.HealthCheck.Result;
import io.flotilla.spi.HealthCheck.Status;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BackgroundChecksTest {
    private final FakeContext context = new FakeContext();
    private final BackgroundChecks checks =
            new BackgroundChecks(Settings.DEFAULTS, context, new HealthMetrics(context.meters(), context.requests()));
    private final FakeCheck disk = new FakeCheck("disk");
    private final FakeCheck mail = new FakeCheck("mail");

    @AfterEach
    void close() {
        context.close();
    }

    private void discover() {
        checks.discover(() -> {});
    }

    private @Nullable Status statusOf(String check) {
        return checks.outcomes().stream()
                .filter(each -> each.name().equals(check))
                .findFirst()
                .orElseThrow()
                .status();
    }

    @Test
    void aHungCheckIsDownAloneAndUpAgainWhenItAnswers() {
        CountDownLatch hang = new CountDownLatch(1);
        disk.hang = hang;
        context.checks.add(disk);
        context.checks.add(mail);
        discover();
        await().until(() -> statusOf("mail") == Status.UP);

        context.advance(Duration.ofMillis(2_001));
        assertThat(statusOf("disk")).isEqualTo(Status.DOWN);
        assertThat(checks.worst()).isEqualTo(Status.DOWN);

        mail.result = new Result(Status.DEGRADED, "slow");
        context.tick();
        await("mail still runs").until(() -> statusOf("mail") == Status.DEGRADED);
        assertThat(statusOf("disk")).isEqualTo(Status.DOWN);

        hang.countDown();
        await().until(() -> statusOf("disk") == Status.UP);
        assertThat(checks.worst()).isEqualTo(Status.DEGRADED);
    }

    @Test
    void checksThatComeLaterAreFoundAndAwaited() {
        context.checks.add(disk);
        discover();
        await().until(checks::allHaveRun);

        context.checks.add(mail);
        assertThat(checks.allHaveRun()).isFalse();
        discover();
        await().until(checks::allHaveRun);
        discover();
        assertThat(checks.outcomes()).extracting(Outcome::name).containsExactly("disk", "mail");
    }

    @Test
    void theWorstCounts() {
        assertThat(checks.worst()).isEqualTo(Status.UP);
        disk.result = new Result(Status.DOWN, "");
        mail.result = new Result(Status.DEGRADED, "");
        context.checks.add(disk);
        context.checks.add(mail);
        discover();
        await().until(checks::allHaveRun);
        assertThat(checks.worst()).isEqualTo(Status.DOWN);
    }
}
