package io.flotilla.samples.farm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** A node that is killed takes nothing with it that somebody was told is safe. */
final class NodeKillIT extends SharedFarm {
    private static final int WRITERS = 6;

    /** The last one is no side of a cut: those whose processes have ended do not count. */
    @RepeatedTest(2)
    void theLastOfThreeGoesOnWhenTheOthersAreKilledInOneMoment() {
        farm.node(0).kill();
        farm.node(1).kill();

        await().atMost(TestFarm.PATIENCE).untilAsserted(() -> {
            assertThat(new Visitor()
                            .post(farm.url(2), "/api/session/counter/visits")
                            .status())
                    .isEqualTo(200);
            assertThat(farm.node(2).ready()).isTrue();
        });
        assertThat(TestFarm.logLines(farm.node(2), "lost sight")).isEmpty();
        farm.farm().restart(0);
        farm.restart(1);
    }

    @RepeatedTest(5)
    void noAcknowledgedWriteIsLost(RepetitionInfo round) throws Exception {
        int victim = round.getCurrentRepetition() % 3;
        Visitor visitor = new Visitor();
        visitor.post(farm.url(0), "/api/session/counter/start");
        try (Writes writes = Writes.start(visitor, WRITERS, request -> farm.url(request % 3))) {
            TestFarm.awaitFreshWrites(writes, 3 * WRITERS);

            farm.node(victim).kill();

            TestFarm.awaitFreshWrites(writes, 3 * WRITERS);
            farm.assertNothingLost(writes, visitor);
        }
        farm.restart(victim);
    }
}
