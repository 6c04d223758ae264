package io.flotilla.health.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.flotilla.health.internal.Probers.Prober;
import io.flotilla.spi.Deadline;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AcknowledgedDrainTest {
    private final FakeContext context = new FakeContext();
    private final Probers probers = new Probers(context.ticker());
    private final Prober balancer = new Prober("10.0.0.9", "haproxy", "lb1");
    private final LogCapture log = new LogCapture(AcknowledgedDrain.class);

    @AfterEach
    void close() {
        log.close();
        context.close();
    }

    private CompletableFuture<Void> drain(HealthConfig config, Deadline deadline) {
        AcknowledgedDrain drain = new AcknowledgedDrain(config, context, probers);
        return CompletableFuture.runAsync(() -> drain.await(deadline));
    }

    private CompletableFuture<Void> drain() {
        return drain(Settings.DEFAULTS, Deadline.in(Duration.ofSeconds(30), context.ticker()));
    }

    private void probe(boolean ready) {
        probers.answered(balancer, ready);
    }

    private void awaitBegin() {
        await().until(() -> log.lines(Level.INFO).size() == 1);
    }

    @Test
    void waitsForNobodyIfNobodyIsKnown() {
        drain().join();
        assertThat(log.lines(Level.INFO)).hasSize(2);
        assertThat(log.lines(Level.INFO).get(1)).startsWith("node 'web-1' is out of use: 0 probers were told");
    }

    @Test
    void waitsUntilEveryProberWasTold() {
        probe(true);
        probe(true);
        CompletableFuture<Void> drain = drain();
        awaitBegin();
        probe(false);
        probe(false);
        assertThat(drain).isNotDone();
        probe(false);
        drain.join();
        assertThat(log.lines(Level.WARN)).isEmpty();
    }

    @Test
    void waitsUntilNoRequestComesAnyMore() {
        context.requests.inFlight.set(1);
        context.requests.idle = Duration.ZERO;
        CompletableFuture<Void> drain = drain();
        awaitBegin();
        assertThat(drain).isNotDone();
        context.requests.inFlight.set(0);
        context.requests.idle = Duration.ofMillis(500);
        drain.join();
        assertThat(log.lines(Level.WARN)).isEmpty();
    }

    @Test
    void whenTheCapIsReachedThenSaysWhoWasNotTold() {
        probers.answered(new Prober("10.0.0.8", "varnish", ""), false);
        context.advance(Duration.ofSeconds(10));
        probers.answered(new Prober("10.0.0.8", "varnish", ""), false);
        probe(true);
        context.advance(Duration.ofSeconds(10));
        probe(true);
        CompletableFuture<Void> drain = drain(Settings.config(Duration.ofSeconds(10), Duration.ZERO, 2), farAway());
        awaitBegin();
        context.advance(Duration.ofSeconds(10));
        drain.join();
        assertThat(log.lines(Level.WARN))
                .singleElement()
                .asString()
                .startsWith("node 'web-1' goes on leaving after 10000 ms, though 1 of 2 probers were not told 2 times")
                .contains("health.drainTimeout");
    }

    @Test
    void isQuietEnoughUnderAClockThatStandsStill() {
        context.requests.idle = Duration.ZERO;
        drain().join();
        assertThat(log.lines(Level.WARN)).isEmpty();
    }

    @Test
    void aTimeoutOfZeroMeansNotToWait() {
        context.requests.inFlight.set(1);
        context.requests.idle = Duration.ZERO;
        drain(Settings.config(Duration.ZERO, Duration.ofSeconds(1), 3), farAway())
                .join();
        assertThat(log.lines(Level.WARN)).isEmpty();
        assertThat(log.lines(Level.INFO)).isEmpty();
    }

    @Test
    void theDeadlineOfTheShutdownCountsToo() {
        context.requests.idle = Duration.ZERO;
        CompletableFuture<Void> drain = drain(Settings.DEFAULTS, Deadline.in(Duration.ofSeconds(5), context.ticker()));
        awaitBegin();
        context.advance(Duration.ofSeconds(5));
        drain.join();
        assertThat(log.lines(Level.WARN)).hasSize(1);
    }

    @Test
    void endsUnderAClockThatStandsStill() {
        context.requests.inFlight.set(1);
        context.requests.idle = Duration.ZERO;
        drain(Settings.config(Duration.ofMillis(50), Duration.ofSeconds(1), 3), farAway())
                .join();
        assertThat(log.lines(Level.WARN)).hasSize(1);
    }

    private Deadline farAway() {
        return Deadline.in(Duration.ofHours(1), context.ticker());
    }
}
