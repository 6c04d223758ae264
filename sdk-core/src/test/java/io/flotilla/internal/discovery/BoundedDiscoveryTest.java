package io.flotilla.internal.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flotilla.Discovery;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class BoundedDiscoveryTest {
    private static final Duration AMPLE = Duration.ofSeconds(20);

    @Test
    void passesOnWhatIsAnsweredInTime() {
        assertThat(new BoundedDiscovery(Discovery.members("web:5701"), AMPLE))
                .hasToString("members[web:5701]")
                .extracting(Discovery::addresses)
                .isEqualTo(List.of("web:5701"));

        IllegalArgumentException broken = new IllegalArgumentException("broken");
        Discovery failing = () -> {
            throw broken;
        };
        assertThatThrownBy(new BoundedDiscovery(failing, AMPLE)::addresses).isSameAs(broken);
    }

    @Test
    void whoeverNeverAnswersIsLeftAndWoken() throws Exception {
        CountDownLatch woken = new CountDownLatch(1);
        Discovery silent = () -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException interrupt) {
                woken.countDown();
            }
            return List.of();
        };

        assertThatThrownBy(new BoundedDiscovery(silent, Duration.ofMillis(50))::addresses)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no answer within PT0.05S");
        assertThat(woken.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void anInterruptEndsTheWait() {
        CountDownLatch never = new CountDownLatch(1);
        Discovery silent = () -> {
            try {
                never.await();
            } catch (InterruptedException interrupt) {
                Thread.currentThread().interrupt();
            }
            return List.of();
        };
        Thread.currentThread().interrupt();

        assertThatThrownBy(new BoundedDiscovery(silent, AMPLE)::addresses)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }
}
