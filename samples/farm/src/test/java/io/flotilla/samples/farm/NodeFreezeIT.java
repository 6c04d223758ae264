package io.flotilla.samples.farm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A node that is frozen for longer than the others wait: they go on without it, and when it thaws it knows that it does not
 * know, until it has joined them again.
 */
@Tag("process")
final class NodeFreezeIT {
    private static final int WRITERS = 4;
    private static final int VISITORS = 9;
    /** Of the calls to other members, 10 s, and some for a busy machine. */
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(13);

    private final List<Visitor> visitors =
            Stream.generate(Visitor::new).limit(VISITORS).toList();

    @ParameterizedTest(name = "node {0}")
    @ValueSource(ints = {0, 2})
    void theOthersGoOnAndTheFrozenNodeNeverAnswersStaleData(int frozen) throws Exception {
        try (TestFarm farm = TestFarm.start(3)) {
            farm.awaitSettled();
            List<Node> others = new ArrayList<>(farm.farm().nodes());
            Node victim = others.remove(frozen);
            for (Visitor each : visitors) {
                assertThat(tell(each, victim, "before").ok()).isTrue();
            }
            Visitor writer = new Visitor();
            writer.post(others.get(0).url(), "/api/session/counter/start");
            try (Writes writes = Writes.start(
                    writer, WRITERS, request -> others.get(request % 2).url())) {
                TestFarm.awaitFreshWrites(writes, 3 * WRITERS);

                Signals.freeze(victim);
                List<CompletableFuture<Answer>> waiting = askWhileFrozen(victim);
                try {
                    othersGoOn(others);
                    await().atMost(CALL_TIMEOUT)
                            .until(() -> others.stream()
                                    .noneMatch(each -> TestFarm.logLines(each, "left; members: 2")
                                            .isEmpty()));
                    TestFarm.awaitFreshWrites(writes, 3 * WRITERS);
                } finally {
                    Signals.thaw(victim);
                }
                neverStale(victim, waiting);
                farm.awaitOneCluster();
                TestFarm.awaitFreshWrites(writes, 3 * WRITERS);
                farm.assertNothingLost(writes, writer);
                for (Node node : farm.farm().nodes()) {
                    for (Visitor each : visitors) {
                        assertThat(ask(each, node).attribute("when")).isEqualTo("after");
                    }
                }
            }
        }
    }

    /** Some of the sessions were the frozen node's own: they are there again when the others have given it up. */
    private void othersGoOn(List<Node> others) {
        for (int i = 0; i < VISITORS; i++) {
            Visitor visitor = visitors.get(i);
            Node node = others.get(i % 2);
            await().atMost(CALL_TIMEOUT)
                    .until(() -> tell(visitor, node, "after").ok());
        }
    }

    private static Answer tell(Visitor visitor, Node node, String when) throws IOException {
        return visitor.put(node.url(), "/api/session/attributes/when", when);
    }

    /** Their bytes wait in the frozen node's sockets: the first that it reads when it thaws. */
    private List<CompletableFuture<Answer>> askWhileFrozen(Node victim) {
        return visitors.stream()
                .map(each -> CompletableFuture.supplyAsync(() -> ask(each, victim), task -> new Thread(task).start()))
                .toList();
    }

    private static Answer ask(Visitor visitor, Node node) {
        try {
            return visitor.get(node.url(), "/api/session");
        } catch (IOException failure) {
            throw new CompletionException(failure);
        }
    }

    private void neverStale(Node victim, List<CompletableFuture<Answer>> waiting) {
        waiting.forEach(each -> requireFreshOrRefused(each.join()));
        for (Visitor each : visitors) {
            await().atMost(TestFarm.PATIENCE)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> requireFreshOrRefused(ask(each, victim)));
        }
    }

    /** Whether the answer is the fresh one; a refusal is none, and anything else is wrong. */
    private static boolean requireFreshOrRefused(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isIn(200, 503);
        if (answer.ok()) {
            assertThat(answer.attribute("when")).as(answer.toString()).isEqualTo("after");
        }
        return answer.ok();
    }
}
