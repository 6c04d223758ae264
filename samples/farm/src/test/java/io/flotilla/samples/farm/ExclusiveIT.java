package io.flotilla.samples.farm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Exclusive requests that read, change and write one session on all nodes, while one node freezes in the middle of its turn
 * and another is killed: each that was acknowledged has its own number, and counts.
 */
@Tag("process")
final class ExclusiveIT {
    private static final int WRITERS = 6;
    private static final String COUNT = "/api/session/counter/n?exclusive=true";
    private static final String ADD = "/api/session/list/items?exclusive=true";

    private final Visitor visitor = new Visitor();

    /** Writers of a number, each one more than the one before, and of a list that is changed in place. */
    private final class Increments implements AutoCloseable {
        private final Map<Integer, String> numbers = new ConcurrentHashMap<>();
        private final Set<String> items = ConcurrentHashMap.newKeySet();
        private final Set<String> unknownItems = ConcurrentHashMap.newKeySet();
        private final Set<String> twice = ConcurrentHashMap.newKeySet();
        private final AtomicInteger unknownNumbers = new AtomicInteger();
        private final List<Thread> threads = new ArrayList<>();
        private volatile List<Node> nodes;
        private volatile boolean stopped;

        Increments(List<Node> nodes) {
            this.nodes = nodes;
            for (int i = 0; i < WRITERS; i++) {
                int writer = i;
                Thread thread = new Thread(() -> run(writer), "writer-" + i);
                thread.setDaemon(true);
                threads.add(thread);
                thread.start();
            }
        }

        private void run(int writer) {
            Random random = new Random(writer);
            for (int i = 0; !stopped; i++) {
                List<Node> now = nodes;
                Node node = now.get(random.nextInt(now.size()));
                String name = "w" + writer + "-" + i;
                if (i % 2 == 0) {
                    count(node, name);
                } else {
                    add(node, name);
                }
            }
        }

        private void count(Node node, String name) {
            try {
                acknowledged(visitor.post(node.url(), COUNT), name);
            } catch (IOException unknown) {
                unknownNumbers.incrementAndGet();
            }
        }

        void acknowledged(Answer answer, String name) {
            if (!answer.ok()) {
                unknownNumbers.incrementAndGet();
            } else if (numbers.putIfAbsent(number(answer), name) != null) {
                twice.add(number(answer) + " for " + name);
            }
        }

        private void add(Node node, String name) {
            try {
                Answer answer = visitor.send("POST", node.url(), ADD, name);
                (answer.ok() ? items : unknownItems).add(name);
            } catch (IOException unknown) {
                unknownItems.add(name);
            }
        }

        /** From now on they write on these nodes; a frozen one would stop them all, one after the other. */
        void writeOn(List<Node> those) {
            nodes = those;
        }

        void awaitMore() {
            int before = numbers.size() + items.size();
            await().atMost(TestFarm.PATIENCE).until(() -> numbers.size() + items.size() > before + 6 * WRITERS);
        }

        void assertCounted(Node node) throws Exception {
            stopped = true;
            for (Thread each : threads) {
                each.join();
            }
            Answer session = visitor.get(node.url(), "/api/session");
            assertThat(twice).as("numbers that two requests were given").isEmpty();
            assertThat(number(session) - numbers.size())
                    .as("%s acknowledged, %s unknown, in the end %s", numbers.size(), unknownNumbers, number(session))
                    .isBetween(0, unknownNumbers.get());
            List<String> stored = new ArrayList<>();
            for (JsonNode each : session.json().path("attributes").path("items")) {
                stored.add(each.asText());
            }
            assertThat(stored).doesNotHaveDuplicates().containsAll(items);
            stored.removeAll(items);
            assertThat(unknownItems).containsAll(stored);
        }

        @Override
        public void close() {
            stopped = true;
        }
    }

    private static int number(Answer session) {
        return session.json().path("attributes").path("n").asInt();
    }

    /** A change that a node is to freeze in the middle of. */
    private CompletableFuture<Answer> slowly(Node node) {
        return asking("POST", node, COUNT + "&millis=2000");
    }

    @Test
    void everyAcknowledgedChangeCountsThoughNodesFreezeAndDie() throws Exception {
        try (TestFarm farm = TestFarm.start(3)) {
            farm.awaitSettled();
            Node frozen = farm.node(2);
            List<Node> others = List.of(farm.node(0), farm.node(1));
            Answer created = visitor.post(frozen.url(), COUNT);
            CompletableFuture<Answer> slow = slowly(frozen);
            // Its turn has begun when nobody else gets one.
            await().until(() -> !slow.isDone() && isHeld(others.get(0)));
            Signals.freeze(frozen);
            try (Increments increments = new Increments(others)) {
                increments.acknowledged(created, "the first");
                try {
                    await().atMost(TestFarm.PATIENCE)
                            .until(() -> others.stream()
                                    .noneMatch(each -> TestFarm.logLines(each, "left; members: 2")
                                            .isEmpty()));
                    increments.awaitMore();
                } finally {
                    Signals.thaw(frozen);
                }
                increments.acknowledged(slow.join(), "slow");
                assertThat(slow.join().status()).as("it has lost its turn").isEqualTo(503);
                farm.awaitOneCluster();
                increments.writeOn(farm.farm().nodes());
                increments.awaitMore();
                farm.node(1).kill();
                increments.awaitMore();
                Node restarted = farm.restart(1);
                increments.writeOn(List.of(farm.node(0), restarted, frozen));
                increments.awaitMore();
                increments.assertCounted(farm.node(0));
            }
        }
    }

    /** Whether an exclusive request has to wait there. */
    private boolean isHeld(Node node) {
        CompletableFuture<Answer> answer = asking("GET", node, "/api/session?exclusive=true");
        try {
            Answer unused = answer.orTimeout(300, TimeUnit.MILLISECONDS).join();
            return false;
        } catch (CompletionException late) {
            return true;
        }
    }

    private CompletableFuture<Answer> asking(String method, Node node, String path) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return visitor.send(method, node.url(), path, "");
                    } catch (IOException failure) {
                        throw new CompletionException(failure);
                    }
                },
                task -> new Thread(task, "asking").start());
    }
}
