package io.flotilla.samples.farm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;

/** A node that is killed takes nothing with it that somebody was told is safe. */
@Tag("process")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class NodeKillIT {
    private static final int WRITERS = 6;

    private TestFarm farm;

    @BeforeAll
    void start() {
        farm = TestFarm.start(3);
    }

    @AfterAll
    void stop() {
        farm.close();
    }

    @RepeatedTest(5)
    void noAcknowledgedWriteIsLost(RepetitionInfo round) throws Exception {
        int victim = round.getCurrentRepetition() % 3;
        Visitor visitor = new Visitor();
        visitor.post(farm.url(0), "/api/session/counter/start");
        try (Writes writes = Writes.start(visitor, WRITERS, request -> farm.url(request % 3))) {
            awaitFreshWrites(writes);

            farm.node(victim).kill();

            awaitFreshWrites(writes);
            writes.end();
            for (Node node : farm.farm().nodes()) {
                if (node.alive()) {
                    Answer session = visitor.get(node.url(), "/api/session");
                    assertThat(session.status()).as(session.toString()).isEqualTo(200);
                    assertThat(writes.lostIn(session))
                            .as("lost on " + node.name())
                            .isEmpty();
                }
            }
        }
        farm.restart(victim);
    }

    /** Until most names were written anew: the writers are through with what the past may have hung up. */
    private static void awaitFreshWrites(Writes writes) {
        Map<String, String> before = new HashMap<>(writes.acknowledged());
        await().atMost(TestFarm.PATIENCE)
                .until(() -> writes.acknowledged().entrySet().stream()
                                .filter(write -> !write.getValue().equals(before.get(write.getKey())))
                                .count()
                        >= 3 * WRITERS);
    }
}
