package io.flotilla.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class TestTimeTest {
    private final TestTime time = new TestTime();
    private final List<String> ran = new ArrayList<>();

    @Test
    void standsStillUntilAdvanced() {
        assertThat(time.clock().instant()).isEqualTo(TestTime.START);
        long tick = time.ticker().getAsLong();

        time.advance(Duration.ofMinutes(31));

        assertThat(time.clock().instant()).isEqualTo(TestTime.START.plus(Duration.ofMinutes(31)));
        assertThat(time.ticker().getAsLong() - tick)
                .isEqualTo(Duration.ofMinutes(31).toNanos());
    }

    @Test
    void runsDueTasksInDueOrderEachAtItsTime() {
        schedule("late", 3);
        schedule("early", 1);
        schedule("same, scheduled second", 3);
        schedule("not yet", 5);

        time.advance(Duration.ofSeconds(4));

        assertThat(ran).containsExactly("early at 1", "late at 3", "same, scheduled second at 3");
        assertThat(time.scheduledTasks()).isOne();
    }

    @Test
    void runsTasksScheduledByTasks() {
        var unused = time.scheduler().schedule(() -> schedule("second", 1), 1, TimeUnit.SECONDS);

        time.advance(Duration.ofSeconds(2));

        assertThat(ran).containsExactly("second at 2");
    }

    @Test
    void repeatsUntilCancelled() {
        ScheduledFuture<?> series = time.scheduler().scheduleAtFixedRate(() -> note("run"), 1, 2, TimeUnit.SECONDS);
        time.advance(Duration.ofSeconds(4));
        series.cancel(false);
        time.advance(Duration.ofSeconds(4));

        assertThat(ran).containsExactly("run at 1", "run at 3");
        assertThat(time.scheduledTasks()).isZero();
    }

    @Test
    void aTaskMayCancelItsOwnSeries() {
        List<ScheduledFuture<?>> series = new ArrayList<>();
        series.add(time.scheduler()
                .scheduleAtFixedRate(
                        () -> {
                            note("run");
                            series.get(0).cancel(false);
                        },
                        1,
                        1,
                        TimeUnit.SECONDS));

        time.advance(Duration.ofSeconds(5));

        assertThat(ran).containsExactly("run at 1");
        assertThat(time.scheduledTasks()).isZero();
    }

    @Test
    void anExceptionEndsASeriesAsInTheJdk() {
        ScheduledFuture<?> series = time.scheduler()
                .scheduleAtFixedRate(
                        () -> {
                            note("run");
                            throw new IllegalStateException("broken");
                        },
                        1,
                        1,
                        TimeUnit.SECONDS);

        time.advance(Duration.ofSeconds(3));

        assertThat(ran).containsExactly("run at 1");
        assertThatThrownBy(series::get).hasRootCauseMessage("broken");
    }

    @Test
    void theWallClockCanBeSetWithoutMovingTheTicker() {
        long tick = time.ticker().getAsLong();
        schedule("due in a second", 1);

        time.setClock(Instant.parse("2030-01-01T00:00:00Z"));

        assertThat(time.now()).isEqualTo(Instant.parse("2030-01-01T00:00:00Z"));
        assertThat(time.ticker().getAsLong()).isEqualTo(tick);
        assertThat(ran).isEmpty();
    }

    @Test
    void refusesToBeAdvancedByATaskOrBackwards() {
        ScheduledFuture<?> task =
                time.scheduler().schedule(() -> time.advance(Duration.ofSeconds(1)), 1, TimeUnit.SECONDS);
        time.advance(Duration.ofSeconds(1));

        assertThatThrownBy(task::get).hasRootCauseMessage("a scheduled task must not advance the time");
        assertThatThrownBy(() -> time.advance(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("time must not be negative, was PT-1S");
    }

    @Test
    void refusesToBeShutDown() {
        assertThatThrownBy(() -> time.scheduler().shutdown()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> time.scheduler().shutdownNow()).isInstanceOf(UnsupportedOperationException.class);
    }

    private void schedule(String what, long seconds) {
        var unused = time.scheduler().schedule(() -> note(what), seconds, TimeUnit.SECONDS);
    }

    private void note(String what) {
        ran.add(what + " at " + Duration.between(TestTime.START, time.now()).toSeconds());
    }
}
