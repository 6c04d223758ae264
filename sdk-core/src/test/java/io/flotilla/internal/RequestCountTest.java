package io.flotilla.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flotilla.spi.Deadline;
import io.flotilla.testkit.TestTime;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class RequestCountTest {
    private final TestTime time = new TestTime();
    private final RequestCount requests = new RequestCount(time.ticker());

    @Test
    void counts() {
        requests.entered();
        requests.entered();
        requests.left();
        assertThat(requests.inFlight()).isOne();
        requests.left();
        assertThat(requests.inFlight()).isZero();
    }

    @Test
    void probesDoNotCount() {
        requests.ignore("/health");

        assertThat(requests.counts("/health")).isFalse();
        assertThat(requests.counts("/healthy")).isTrue();
        assertThat(requests.counts("")).isTrue();
    }

    @Test
    void idleSinceTheLastRequestLeft() {
        time.advance(Duration.ofSeconds(3));
        assertThat(requests.idleFor()).hasSeconds(3);

        requests.entered();
        time.advance(Duration.ofSeconds(60)); // past the overflow of the ticker
        assertThat(requests.idleFor()).isZero();

        requests.left();
        assertThat(requests.idleFor()).isZero();
        time.advance(Duration.ofSeconds(2));
        assertThat(requests.idleFor()).hasSeconds(2);
    }

    @Test
    void awaitsTheLastRequest() throws Exception {
        requests.entered();
        AtomicReference<Boolean> result = new AtomicReference<>();
        Thread waiter = new Thread(() -> result.set(requests.awaitNone(in(Duration.ofSeconds(20)))));
        waiter.start();
        await().until(() -> waiter.getState() == Thread.State.TIMED_WAITING);
        assertThat(result).hasNullValue();

        requests.left();
        waiter.join();

        assertThat(result).hasValue(true);
    }

    @Test
    void givesUpAtTheDeadline() {
        requests.entered();
        assertThat(requests.awaitNone(in(Duration.ofMillis(20)))).isFalse();
    }

    @Test
    void anInterruptNeitherEndsTheWaitNorIsLost() {
        requests.entered();
        Thread.currentThread().interrupt();
        long begin = SystemTime.TICKER.getAsLong();

        assertThat(requests.awaitNone(in(Duration.ofMillis(50)))).isFalse();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(Duration.ofNanos(SystemTime.TICKER.getAsLong() - begin))
                .isGreaterThanOrEqualTo(Duration.ofMillis(50));
    }

    private static Deadline in(Duration time) {
        return Deadline.in(time, SystemTime.TICKER);
    }
}
