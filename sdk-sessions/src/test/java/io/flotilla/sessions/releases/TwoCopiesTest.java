package io.flotilla.sessions.releases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flotilla.testkit.CleanSlate;
import io.flotilla.testkit.ExpectLog;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Web applications of one server, each with a copy of Flotilla and Hazelcast of its own, that start in the same moment. */
@Tag("cluster")
@Timeout(120)
@ExtendWith(CleanSlate.class)
@ExpectLog(value = "is alone", required = false)
final class TwoCopiesTest {
    private static final int COPIES = 2;

    /** Two clusters of the same name and with the same node name, which know nothing of each other. */
    @Test
    void shareNothing() throws Exception {
        ExecutorService deployers = Executors.newFixedThreadPool(COPIES);
        List<Copy> copies = new ArrayList<>();
        List<Future<Node>> starting = new ArrayList<>();
        for (int i = 0; i < COPIES; i++) {
            Copy copy = Copy.ofThisRelease();
            copies.add(copy);
            int port = freePort();
            starting.add(deployers.submit(() -> copy.start("shop", "web-1", port, List.of("127.0.0.1:" + port))));
        }
        Node first = starting.get(0).get();
        Node second = starting.get(1).get();
        try {
            Visitor visitor = new Visitor();
            visitor.get(first, "/set?user=ann");
            assertThat(visitor.get(first, "/get")).containsExactly("user=ann");
            assertThat(visitor.get(second, "/get")).isEmpty();
            assertThat(List.of(first.members(), second.members())).containsExactly(1, 1);
            assertThat(List.of(first.clock(), second.clock()))
                    .containsOnly("io.flotilla.internal.SteadyHazelcastClock");

            first.close();

            assertThat(new Visitor().get(second, "/set?user=bob")).contains("user=bob");
        } finally {
            first.close();
            second.close();
            deployers.shutdownNow();
            for (Copy each : copies) {
                each.close();
            }
        }
        assertThat(System.getProperties().stringPropertyNames())
                .noneMatch(each -> each.contains("hazelcast.") || each.contains("flotilla."));
    }

    /** What Hazelcast reads from system properties is set for a moment, which must not be the other's moment too. */
    @Test
    void waitForEachOtherWithTheSystemProperties() throws Exception {
        try (Copy copy = Copy.ofThisRelease()) {
            Thread starting = new Thread(copy::initializeHazelcast);
            synchronized ("io.flotilla.internal.HazelcastStatics") { // one object for all class loaders
                starting.start();
                await().until(() -> starting.getState() == Thread.State.BLOCKED);
            }
            starting.join();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }
}
