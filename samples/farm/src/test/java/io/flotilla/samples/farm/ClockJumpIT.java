package io.flotilla.samples.farm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Somebody sets the wall clock of one node, by far and back. */
@Tag("netns")
final class ClockJumpIT {
    private static final Path LIBRARY = Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1");
    private static final int WRITERS = 4;

    @Test
    void evictsNobodyAndLosesNothing() throws Exception {
        if (!Files.exists(LIBRARY)) {
            throw new IllegalStateException(LIBRARY + " is missing; it is in Debian's package libfaketime");
        }
        Path clock = Files.createTempFile("flotilla-clock", "");
        set(clock, "+0");
        try (TestFarm farm = TestFarm.start(places(clock))) {
            Visitor visitor = new Visitor();
            visitor.post(farm.url(0), "/api/session/counter/start");
            try (Writes writes = Writes.start(visitor, WRITERS, request -> farm.url(request % 3))) {
                for (String jump : List.of("+6", "-3600")) {
                    set(clock, jump);
                    long ahead = Long.parseLong(jump.substring(1)) * (jump.startsWith("-") ? -1_000 : 1_000);
                    await().atMost(TestFarm.PATIENCE)
                            .untilAsserted(() -> assertThat(clockOf(farm.node(2)) - clockOf(farm.node(0)))
                                    .isBetween(ahead - 3_000, ahead + 3_000));
                    // Longer than a member may be silent: whoever were to be removed would be by then.
                    await().atMost(TestFarm.PATIENCE)
                            .pollDelay(Duration.ofSeconds(12))
                            .untilAsserted(() -> assertThat(farm.farm().nodes())
                                    .allMatch(node -> TestFarm.logLines(node, " left; members")
                                            .isEmpty()));
                    TestFarm.awaitFreshWrites(writes, 3 * WRITERS);
                }
                farm.assertNothingLost(writes, visitor);
                assertThat(writes.failures()).isEmpty();
                for (Node node : farm.farm().nodes()) {
                    assertThat(TestFarm.logLines(node, "StandingWatch")).isEmpty();
                }
            }
        } finally {
            Files.delete(clock);
        }
    }

    /** The node's wall clock, as it tells it to everybody. */
    private static long clockOf(Node node) throws IOException {
        return node.url().resolve("/api/node").toURL().openConnection().getDate();
    }

    /** The third node sees the clock that the file tells, read anew each second. */
    private static List<Place> places(Path clock) {
        List<Place> places = new ArrayList<>();
        List<Integer> ports = Ports.find(6);
        for (int i = 0; i < 3; i++) {
            List<String> launcher = i < 2
                    ? List.of()
                    : List.of(
                            "env",
                            "LD_PRELOAD=" + LIBRARY,
                            "FAKETIME_TIMESTAMP_FILE=" + clock,
                            "FAKETIME_CACHE_DURATION=1",
                            "FAKETIME_DONT_FAKE_MONOTONIC=1",
                            // Else each timed wait of the JVM ends at once, and the node is busy with nothing.
                            "FAKETIME_FORCE_MONOTONIC_FIX=0");
            places.add(new Place(launcher, "127.0.0.1", ports.get(i), ports.get(3 + i)));
        }
        return places;
    }

    private static void set(Path clock, String offset) throws IOException {
        Files.writeString(clock, offset + "\n");
    }
}
