package io.flotilla.samples.farm;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever befalls the nodes, none answers a value that was changed longer ago than its region promises. */
final class CacheFaultsIT {

    @Tag("soak")
    @Test
    void noNodeAnswersAnOldValueThoughNodesDieAndFreeze() throws Exception {
        try (TestFarm farm = TestFarm.start(3);
                RegionsAtWork regions = RegionsAtWork.start(farm)) {
            regions.awaitMore();
            kill(farm, 0, regions);
            freeze(farm, 1, Duration.ofSeconds(2), regions);
            freeze(farm, 0, Duration.ofSeconds(6), regions);
            kill(farm, 2, regions);
            farm.awaitSettled();
            // Longer than the others wait for it: when it has joined them again all begin anew.
            regions.mayBeForgotten();
            freeze(farm, 1, Duration.ofSeconds(12), regions);
            regions.assertAllAgreeAtLast();
        }
    }

    private static void kill(TestFarm farm, int victim, RegionsAtWork regions) {
        farm.node(victim).kill();
        regions.awaitMore();
        farm.restart(victim);
        regions.awaitMore();
    }

    private static void freeze(TestFarm farm, int victim, Duration time, RegionsAtWork regions) throws Exception {
        Signals.freeze(farm.node(victim));
        try {
            await().atMost(TestFarm.PATIENCE).pollDelay(time).until(() -> true);
        } finally {
            Signals.thaw(farm.node(victim));
        }
        farm.awaitOneCluster();
        regions.awaitMore();
    }
}
