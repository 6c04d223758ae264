package io.flotilla.samples.farm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A node that is told to stop finishes what it began. */
@Tag("process")
final class NodeStopIT {

    @Test
    void finishesTheRequestsInFlightAndExitsWithZero() throws Exception {
        try (TestFarm farm = TestFarm.start(2)) {
            Visitor visitor = new Visitor();
            visitor.post(farm.url(0), "/api/session/counter/start");
            CompletableFuture<Answer> slow = CompletableFuture.supplyAsync(() -> slowWrite(farm, visitor));
            await().atMost(TestFarm.PATIENCE)
                    .until(() ->
                            new Visitor().get(farm.url(0), "/metrics").body().contains("flotilla_"));

            int exitCode = farm.node(0).terminate().get(40, TimeUnit.SECONDS);

            assertThat(slow.get(1, TimeUnit.SECONDS).status()).isEqualTo(200);
            assertThat(exitCode).isZero();
            Answer session = visitor.get(farm.url(1), "/api/session");
            assertThat(session.attribute("slow")).isEqualTo("value");
            assertThat(session.attribute("start")).isEqualTo("1");
        }
    }

    @Test
    void theLastNodeExitsWithZeroToo() throws Exception {
        try (TestFarm farm = TestFarm.start(1)) {
            assertThat(farm.node(0).terminate().get(40, TimeUnit.SECONDS)).isZero();
        }
    }

    private static Answer slowWrite(TestFarm farm, Visitor visitor) {
        try {
            return visitor.put(farm.url(0), "/api/session/attributes/slow?millis=3000", "value");
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
