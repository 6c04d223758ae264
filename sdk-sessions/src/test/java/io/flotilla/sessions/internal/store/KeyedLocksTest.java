package io.flotilla.sessions.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flotilla.ClusterUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class KeyedLocksTest {
    private final KeyedLocks locks = new KeyedLocks(Duration.ofSeconds(30));
    private final ExecutorService pool = Executors.newFixedThreadPool(8);

    @AfterEach
    void stop() {
        pool.shutdownNow();
    }

    @Test
    void oneAtATimeForEachKeyAndNothingIsLeft() throws Exception {
        int[] unguarded = new int[3];
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            running.add(pool.submit(() -> {
                for (int n = 0; n < 3000; n++) {
                    int key = n % 3;
                    locks.locked("k" + key, () -> unguarded[key]++);
                }
            }));
        }
        for (Future<?> each : running) {
            each.get(30, TimeUnit.SECONDS);
        }

        assertThat(unguarded).containsExactly(8000, 8000, 8000);
        assertThat(locks.size()).isZero();
    }

    @Test
    void differentKeysDoNotWaitForEachOther() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        Future<Boolean> holder = pool.submit(() -> locks.locked("a", () -> {
            inside.countDown();
            return await(leave);
        }));
        assertThat(await(inside)).isTrue();

        assertThat(locks.<String>locked("b", () -> "done")).isEqualTo("done");
        assertThat(locks.size()).isEqualTo(1);
        leave.countDown();
        assertThat(holder.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(locks.size()).isZero();
    }

    @Test
    void failureLeavesNothing() {
        AtomicInteger runs = new AtomicInteger();

        assertThatThrownBy(() -> locks.locked("a", () -> {
                    throw new IllegalStateException("expected " + runs.incrementAndGet());
                }))
                .hasMessage("expected 1");
        assertThat(locks.size()).isZero();
    }

    @Test
    void waitingEndsWithAnErrorAndLeavesNothing() throws Exception {
        KeyedLocks impatient = new KeyedLocks(Duration.ofMillis(1));
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        Future<Boolean> holder = pool.submit(() -> impatient.locked("a", () -> {
            inside.countDown();
            return await(leave);
        }));
        assertThat(await(inside)).isTrue();

        assertThatThrownBy(() -> impatient.locked("a", () -> "never"))
                .isInstanceOf(ClusterUnavailableException.class)
                .hasMessage("another request has been storing the same session for 1 ms");
        assertThat(impatient.size()).isEqualTo(1);
        leave.countDown();
        assertThat(holder.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(impatient.size()).isZero();
    }

    @Test
    void interruptEndsTheWaitAndStays() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> locks.locked("a", () -> "never"))
                .isInstanceOf(ClusterUnavailableException.class)
                .hasMessage("interrupted while waiting to store a session");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(locks.size()).isZero();
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
