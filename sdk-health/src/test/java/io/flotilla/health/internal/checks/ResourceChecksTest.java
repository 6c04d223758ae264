package io.flotilla.health.internal.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.flotilla.spi.HealthCheck.Result;
import io.flotilla.spi.HealthCheck.Status;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Disks, pools and databases. */
class ResourceChecksTest {
    @TempDir
    private Path folder;

    private static Status disk(long free) throws IOException {
        return new DiskCheck("uploads", () -> free, 100).check().status();
    }

    @Test
    void aDiskWarnsBelowTwiceOfWhatItMustHave() throws IOException {
        assertThat(disk(200)).isEqualTo(Status.UP);
        assertThat(disk(199)).isEqualTo(Status.DEGRADED);
        assertThat(disk(100)).isEqualTo(Status.DEGRADED);
        assertThat(disk(99)).isEqualTo(Status.DOWN);
    }

    @Test
    void aRealDiskHasAByteAndNotAllBytes() throws IOException {
        assertThat(new DiskCheck("uploads", folder, 1).check().status()).isEqualTo(Status.UP);
        assertThat(new DiskCheck("uploads", folder, Long.MAX_VALUE).check().status())
                .isEqualTo(Status.DOWN);
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> new DiskCheck("uploads", folder.resolve("none"), 1).check());
    }

    private static Status pool(ThreadPoolExecutor pool, int tasks) throws InterruptedException {
        CountDownLatch running = new CountDownLatch(Math.min(tasks, pool.getMaximumPoolSize()));
        CountDownLatch end = new CountDownLatch(1);
        try {
            for (int i = 0; i < tasks; i++) {
                pool.execute(() -> {
                    running.countDown();
                    try {
                        end.await();
                    } catch (InterruptedException interrupt) {
                        Thread.currentThread().interrupt();
                    }
                });
            }
            assertThat(running.await(10, TimeUnit.SECONDS)).isTrue();
            return new ThreadPoolCheck("jobs", pool).check().status();
        } finally {
            end.countDown();
            pool.shutdown();
        }
    }

    @Test
    void aPoolIsWorseWhenTasksWaitAndDownWhenTheNextIsRefused() throws InterruptedException {
        assertThat(pool(new ThreadPoolExecutor(2, 2, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(2)), 1))
                .isEqualTo(Status.UP);
        assertThat(pool(new ThreadPoolExecutor(2, 2, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(2)), 2))
                .isEqualTo(Status.UP);
        assertThat(pool(new ThreadPoolExecutor(2, 2, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(2)), 3))
                .isEqualTo(Status.DEGRADED);
        assertThat(pool(new ThreadPoolExecutor(2, 2, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(2)), 4))
                .isEqualTo(Status.DOWN);
        assertThat(pool(new ThreadPoolExecutor(0, 2, 1, TimeUnit.SECONDS, new SynchronousQueue<>()), 2))
                .isEqualTo(Status.DOWN);
        assertThat(pool(new ThreadPoolExecutor(0, 2, 1, TimeUnit.SECONDS, new SynchronousQueue<>()), 1))
                .isEqualTo(Status.UP);
    }

    @Test
    void aPoolThatQueuesBeforeItGrowsIsWorseAlready() {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(1, 9, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(9));
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        try {
            for (int i = 0; i < 2; i++) {
                pool.execute(() -> {
                    running.countDown();
                    awaitQuietly(end);
                });
            }
            awaitQuietly(running);
            assertThat(new ThreadPoolCheck("jobs", pool).check())
                    .isEqualTo(new Result(Status.DEGRADED, "1 of 9 threads busy, 1 tasks wait"));
        } finally {
            end.countDown();
            pool.shutdown();
        }
        assertThat(new ThreadPoolCheck("jobs", pool).check().status()).isEqualTo(Status.DOWN);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
        }
    }

    private static <T> T fake(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static DataSource database(boolean valid, CountDownLatch closed) {
        Connection connection = fake(Connection.class, (proxy, method, args) -> switch (method.getName()) {
            case "isValid" -> valid;
            case "close" -> {
                closed.countDown();
                yield null;
            }
            default -> throw new UnsupportedOperationException(method.getName());
        });
        return fake(DataSource.class, (proxy, method, args) -> connection);
    }

    @Test
    void aDatabaseIsUpWhenItsConnectionWorksAndGetsItBack() {
        CountDownLatch closed = new CountDownLatch(2);
        assertThat(new DataSourceCheck("orders", database(true, closed)).check())
                .isEqualTo(Result.UP);
        assertThat(new DataSourceCheck("orders", database(false, closed)).check())
                .isEqualTo(new Result(Status.DOWN, "the connection does not work"));
        assertThat(closed.getCount()).isZero();
    }

    @Test
    void whatADriverSaysIsNotPassedOn() {
        DataSource refusing = fake(DataSource.class, (proxy, method, args) -> {
            throw new SQLException("password 'secret' refused for user 'shop'", "28000", 1045);
        });
        assertThat(new DataSourceCheck("orders", refusing).check())
                .isEqualTo(new Result(Status.DOWN, "SQLException, SQL state 28000, code 1045"));
    }
}
