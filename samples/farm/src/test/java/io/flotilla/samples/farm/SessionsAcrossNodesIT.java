package io.flotilla.samples.farm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Three nodes, requests to each in turn: the hardest case for sessions, and the ordinary one without stickiness. */
final class SessionsAcrossNodesIT extends SharedFarm {
    private static final int REQUESTS = 3_000;
    private static final int WRITERS = 20;

    private final ExecutorService pool = Executors.newFixedThreadPool(WRITERS);

    @AfterAll
    void stopWriters() {
        pool.shutdownNow();
    }

    @Test
    void everyWriteIsSeenByTheNextRequestOnAnotherNode() throws Exception {
        Visitor visitor = new Visitor();
        for (int i = 1; i <= REQUESTS; i++) {
            Answer answer = visitor.post(farm.url(i % 3), "/api/session/counter/visits");

            assertThat(answer.attribute("visits"))
                    .as("request " + i + ": " + answer)
                    .isEqualTo(Integer.toString(i));
        }
    }

    @Test
    void everyChangeInPlaceIsSeenByTheNextRequestOnAnotherNode() throws Exception {
        Visitor visitor = new Visitor();
        for (int i = 1; i <= 100; i++) {
            Answer answer = visitor.send("POST", farm.url(i % 3), "/api/session/list/items", "item " + i);

            assertThat(answer.json().path("attributes").path("items"))
                    .as("request " + i + ": " + answer)
                    .hasSize(i);
        }
    }

    @RepeatedTest(20)
    void concurrentWritesOfDifferentAttributesAreAllKept() throws Exception {
        Visitor visitor = new Visitor();
        visitor.post(farm.url(0), "/api/session/counter/start");

        List<CompletableFuture<Answer>> writes = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            writes.add(write(visitor, farm.url(i % 3), "a" + i, 100));
        }
        for (CompletableFuture<Answer> write : writes) {
            assertThat(write.get(30, TimeUnit.SECONDS).status()).isEqualTo(200);
        }

        for (int node = 0; node < 3; node++) {
            Answer session = visitor.get(farm.url(node), "/api/session");
            for (int i = 0; i < WRITERS; i++) {
                assertThat(session.attribute("a" + i))
                        .as("a" + i + " on " + session.node())
                        .isEqualTo("value");
            }
        }
    }

    @RepeatedTest(5)
    void aWriteThatOverlapsAChangeOfIdIsKept() throws Exception {
        Visitor visitor = new Visitor();
        Answer written;
        do {
            visitor.post(farm.url(0), "/api/session/counter/start");
            CompletableFuture<Answer> write = write(visitor.twin(), farm.url(1), "slow", 300);
            visitor.twin()
                    .get(farm.url(1), "/api/session"); // takes about as long as the write takes to get its session
            visitor.post(farm.url(2), "/api/session/id");
            written = write.get(30, TimeUnit.SECONDS);
            assertThat(written.status()).isEqualTo(200);
        } while (written.attribute("start").isEmpty()); // came after the change: its old cookie was worth nothing then

        assertThat(visitor.get(farm.url(0), "/api/session").attribute("slow")).isEqualTo("value");
    }

    @Test
    void anInvalidatedSessionIsGoneOnEveryNode() throws Exception {
        for (int i = 0; i < 30; i++) {
            Visitor visitor = new Visitor();
            visitor.post(farm.url(i % 3), "/api/session/counter/start");
            Visitor old = visitor.twin();

            assertThat(visitor.delete(farm.url((i + 1) % 3), "/api/session").status())
                    .isEqualTo(204);

            for (int node = 0; node < 3; node++) {
                assertThat(old.twin().get(farm.url(node), "/api/session").sessionId())
                        .isEmpty();
            }
        }
    }

    private CompletableFuture<Answer> write(Visitor visitor, URI node, String name, int millis) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return visitor.put(node, "/api/session/attributes/" + name + "?millis=" + millis, "value");
                    } catch (IOException failure) {
                        throw new IllegalStateException(failure);
                    }
                },
                pool);
    }
}
