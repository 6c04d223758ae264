package io.flotilla.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flotilla.testkit.CleanSlate;
import io.flotilla.testkit.ExpectLog;
import io.flotilla.testkit.TestTime;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(CleanSlate.class)
final class SeriesTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final TestTime time = new TestTime();
    private final Threads threads = new Threads("series", time.scheduler());
    private final ExecutorService pool = threads.newPool("test", "work", 2);
    private final AtomicInteger runs = new AtomicInteger();

    @AfterEach
    void closeThreads() {
        threads.close();
    }

    private Series every(Duration period, Runnable task) {
        return new Series(time.scheduler(), pool, period, "a test's task", task);
    }

    private void tick() {
        time.advance(SECOND);
    }

    @Test
    void firstRunsAfterOnePeriodThenAgainAndAgain() {
        every(SECOND, runs::incrementAndGet);
        time.advance(Duration.ofMillis(999));
        assertThat(runs).hasValue(0);

        time.advance(Duration.ofMillis(1));
        await().untilAtomic(runs, is(1));
        tick();
        await().untilAtomic(runs, is(2));
    }

    @Test
    void leavesOutARunWhileTheLastOneStillWorks() throws InterruptedException {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        every(SECOND, () -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            runs.incrementAndGet();
            entered.countDown();
            awaitQuietly(release);
            inside.decrementAndGet();
        });

        tick();
        assertThat(entered.await(5, TimeUnit.SECONDS)).isTrue();
        for (int i = 0; i < 10; i++) {
            tick();
        }
        release.countDown();
        await().untilAtomic(inside, is(0));

        assertThat(most).hasValue(1);
        assertThat(runs).hasValue(1);
        await().until(() -> {
            tick();
            return runs.get() > 1;
        });
    }

    @Test
    @ExpectLog("a test's task failed; it is tried again when it next falls due")
    void anExceptionDoesNotEndIt() {
        every(SECOND, () -> {
            if (runs.incrementAndGet() == 1) {
                throw new IllegalStateException("broken once");
            }
        });

        await().until(() -> {
            tick();
            return runs.get() >= 2;
        });
    }

    @Test
    @ExpectLog("thread series-test-work-1 ended by an exception")
    void anErrorDoesNotEndIt() {
        every(SECOND, () -> {
            if (runs.incrementAndGet() == 1) {
                throw new AssertionError("broken once");
            }
        });

        await().until(() -> {
            tick();
            return runs.get() >= 2;
        });
    }

    @Test
    void runsNoMoreOnceEnded() {
        Series series = every(SECOND, runs::incrementAndGet);
        tick();
        await().untilAtomic(runs, is(1));

        series.end();
        time.advance(Duration.ofMinutes(1));
        threads.close(); // whatever was handed over is done or gone

        assertThat(runs).hasValue(1);
        assertThat(time.scheduledTasks()).isZero();
    }

    @Test
    void aFailureWhileItEndsIsNobodysBusiness() throws InterruptedException {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Series series = every(SECOND, () -> {
            entered.countDown();
            awaitQuietly(release);
            throw new IllegalStateException("the module closed under it");
        });
        tick();
        assertThat(entered.await(5, TimeUnit.SECONDS)).isTrue();

        series.end();
        release.countDown();
        // CleanSlate fails this test if the exception is logged.
    }

    @Test
    void survivesARunThatFallsDueAfterThePoolIsClosed() {
        Series series = every(SECOND, runs::incrementAndGet);
        pool.shutdownNow();

        tick();
        tick();

        assertThat(runs).hasValue(0);
        assertThat(time.scheduledTasks()).isOne();
        series.end();
    }

    private static org.hamcrest.Matcher<Integer> is(int value) {
        return org.hamcrest.Matchers.is(value);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }
}
