package io.flotilla.health.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flotilla.spi.HealthCheck.Status;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeadlockCheckTest {
    private final DeadlockCheck check = new DeadlockCheck();
    private final ReentrantLock left = new ReentrantLock();
    private final ReentrantLock right = new ReentrantLock();
    private final CyclicBarrier bothHoldOne = new CyclicBarrier(2);
    private final Thread one = new Thread(() -> lock(left, right, false), "deadlocked-one");

    private Thread other = new Thread();

    @AfterEach
    void end() throws InterruptedException {
        one.interrupt();
        other.interrupt();
        one.join();
        other.join();
    }

    private void start(boolean limited) {
        other = new Thread(() -> lock(right, left, limited), "deadlocked-two");
        one.start();
        other.start();
        await().until(() -> left.hasQueuedThreads() && right.hasQueuedThreads());
    }

    private void lock(ReentrantLock first, ReentrantLock second, boolean limited) {
        first.lock();
        try {
            bothHoldOne.await();
            if (limited) {
                if (second.tryLock(1, TimeUnit.MINUTES)) {
                    second.unlock();
                }
            } else {
                second.lockInterruptibly();
                second.unlock();
            }
        } catch (InterruptedException end) {
            return;
        } catch (java.util.concurrent.BrokenBarrierException broken) {
            throw new IllegalStateException(broken);
        } finally {
            first.unlock();
        }
    }

    @Test
    void isUpWhenNobodyWaits() {
        assertThat(check.check().status()).isEqualTo(Status.UP);
        assertThat(check.found()).isFalse();
    }

    @Test
    void findsThreadsThatWaitForEachOther() {
        start(false);
        assertThat(check.check().status()).isEqualTo(Status.DOWN);
        assertThat(check.check().detail()).endsWith(": deadlocked-one, deadlocked-two");
        assertThat(check.found()).isTrue();
    }

    @Test
    void aWaitWithATimeLimitIsNoDeadlock() {
        start(true);
        assertThat(check.check().status()).isEqualTo(Status.UP);
        assertThat(check.found()).isFalse();
    }
}
