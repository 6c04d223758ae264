package io.flotilla.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flotilla.testkit.CleanSlate;
import io.flotilla.testkit.ExpectLog;
import io.flotilla.testkit.TestTime;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(CleanSlate.class)
@Timeout(30)
final class ThreadsTest {

    @Test
    void threadsAreNamedDaemonsWithoutTheCallersClassLoader() throws Exception {
        Thread caller = Thread.currentThread();
        ClassLoader before = caller.getContextClassLoader();
        Threads threads = new Threads("shop", null);
        try (URLClassLoader webapp = new URLClassLoader(new URL[0])) {
            caller.setContextClassLoader(webapp);
            Thread worker = threads.newPool("sessions", "expiry", 1)
                    .submit(Thread::currentThread)
                    .get();
            Thread timer = threads.scheduler().submit(Thread::currentThread).get();

            assertThat(worker.getName()).isEqualTo("shop-sessions-expiry-1");
            assertThat(timer.getName()).isEqualTo("shop-core-timer-1");
            assertThat(List.of(worker, timer)).allMatch(Thread::isDaemon);
            assertThat(worker.getContextClassLoader()).isNull();
            assertThat(timer.getContextClassLoader()).isNull();
        } finally {
            caller.setContextClassLoader(before);
            threads.close();
        }
    }

    @Test
    void aPoolHasNoMoreThreadsThanAskedFor() throws Exception {
        Threads threads = new Threads("shop", null);
        ExecutorService pool = threads.newPool("cache", "loads", 3);
        List<Future<String>> names = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            names.add(pool.submit(() -> Thread.currentThread().getName()));
        }
        Set<String> distinct = new HashSet<>();
        for (Future<String> each : names) {
            distinct.add(each.get());
        }

        assertThat(distinct).hasSizeBetween(1, 3);
        threads.close();
    }

    @Test
    void closeEndsItsOwnPoolsButNotASchedulerGivenToIt() throws Exception {
        TestTime time = new TestTime(); // its scheduler throws if it is shut down
        Threads threads = new Threads("shop", time.scheduler());
        ExecutorService pool = threads.newPool("cache", "loads", 1);

        threads.close();

        assertThat(pool.isTerminated()).isTrue();
        assertThat(threads.scheduler()).isSameAs(time.scheduler());
    }

    @Test
    void closeInterruptsBusyTasks() throws Exception {
        Threads threads = new Threads("shop", null);
        CountDownLatch busy = new CountDownLatch(1);
        Future<?> task = threads.newPool("cache", "loads", 1).submit(() -> {
            busy.countDown();
            new CountDownLatch(1).await();
            return null;
        });
        busy.await();

        threads.close();

        assertThatThrownBy(task::get).hasCauseInstanceOf(InterruptedException.class);
    }

    @Test
    @ExpectLog("cluster 'shop': a task of 'cache-loads' ignores its interruption and still runs")
    void closeReportsATaskThatIgnoresItsInterruptionAndDoesNotHang() throws Exception {
        Threads threads = new Threads("shop", null);
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        Future<?> task = threads.newPool("cache", "loads", 1).submit(() -> {
            busy.countDown();
            while (end.getCount() > 0) {
                try {
                    end.await();
                } catch (InterruptedException ignored) {
                    // as such tasks do
                }
            }
        });
        busy.await();

        Thread.currentThread().interrupt();
        threads.close();

        assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();
        end.countDown();
        task.get(5, TimeUnit.SECONDS);
    }

    @Test
    void refusesAPoolOnceClosed() {
        Threads threads = new Threads("shop", null);
        threads.close();

        assertThatThrownBy(() -> threads.newPool("cache", "loads", 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("cluster 'shop' is closed");
    }

    @Test
    @ExpectLog("thread shop-cache-loads-1 ended by an exception")
    void logsWhatATaskThrows() throws Exception {
        Threads threads = new Threads("shop", null);
        ExecutorService pool = threads.newPool("cache", "loads", 1);
        pool.execute(() -> {
            throw new IllegalStateException("broken");
        });
        pool.submit(Executors.callable(() -> {})).get(); // in a new thread: the broken one has ended
        threads.close();
    }
}
