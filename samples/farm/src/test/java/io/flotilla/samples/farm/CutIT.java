package io.flotilla.samples.farm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The network between the nodes is cut, and heals: each node in a network namespace of its own. */
@Tag("netns")
final class CutIT {
    private static final int WRITERS = 4;
    private static final int VISITORS = 9;
    /** A silent member is removed after 8 to 10 s; some more for a busy machine. */
    private static final Duration NOTICED = Duration.ofSeconds(15);

    private final List<Visitor> visitors =
            Stream.generate(Visitor::new).limit(VISITORS).toList();

    @Test
    void theSmallerSideRefusesAndTheLargerLosesNothing() throws Exception {
        try (Network network = Network.of(3);
                TestFarm farm = TestFarm.start(network.places())) {
            farm.awaitSettled();
            List<Node> larger = List.of(farm.node(0), farm.node(1));
            Node alone = farm.node(2);
            for (Visitor each : visitors) {
                assertThat(tell(each, alone, "before").ok()).isTrue();
            }
            Visitor writer = new Visitor();
            writer.post(larger.get(0).url(), "/api/session/counter/start");
            try (Writes writes = Writes.start(
                    writer, WRITERS, request -> larger.get(request % 2).url())) {
                TestFarm.awaitFreshWrites(writes, 3 * WRITERS);

                network.cut(Set.of(2));

                await().atMost(NOTICED).until(() -> !alone.ready());
                for (Visitor each : visitors) {
                    await().atMost(NOTICED)
                            .until(() -> tell(each, larger.get(1), "after").ok());
                    assertThat(each.get(alone.url(), "/api/session").status()).isEqualTo(503);
                    assertThat(tell(each, alone, "stray").status()).isEqualTo(503);
                }
                TestFarm.awaitFreshWrites(writes, 3 * WRITERS);
                assertThat(larger).allMatch(Node::ready);
                assertThat(time(TestFarm.logLines(alone, "has lost sight of")))
                        .as("stopped before the others took over")
                        .isLessThan(time(TestFarm.logLines(larger.get(0), "left; members: 2")))
                        .isLessThan(time(TestFarm.logLines(larger.get(1), "left; members: 2")));

                network.heal();

                farm.awaitOneCluster();
                await().atMost(TestFarm.PATIENCE).until(alone::ready);
                TestFarm.awaitFreshWrites(writes, 3 * WRITERS);
                farm.assertNothingLost(writes, writer);
                assertThat(TestFarm.logLines(alone, "StandingWatch"))
                        .anyMatch(line -> line.contains("WARN") && line.contains("has lost sight of"))
                        .last()
                        .asString()
                        .contains("serves again");
                for (Node node : farm.farm().nodes()) {
                    for (Visitor each : visitors) {
                        assertThat(each.get(node.url(), "/api/session").attribute("when"))
                                .isEqualTo("after");
                    }
                }
            }
        }
    }

    /** When the first of these lines was logged; the nodes have one clock here. */
    private static String time(List<String> lines) {
        return lines.get(0).substring(0, "yyyy-MM-dd HH:mm:ss.SSS".length());
    }

    private static Answer tell(Visitor visitor, Node node, String when) throws IOException {
        return visitor.put(node.url(), "/api/session/attributes/when", when);
    }
}
