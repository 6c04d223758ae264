package io.flotilla.samples.farm;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The same as {@link CacheFaultsIT} while the network between the nodes is cut and heals. */
@Tag("soak")
final class CacheCutIT {
    /** The smaller side goes on answering what is near for some seconds, and the larger goes on after about ten. */
    private static final Duration CUT = Duration.ofSeconds(20);

    @Test
    void noNodeAnswersAnOldValueWhenTheNetworkIsCut() throws Exception {
        try (Network network = Network.of(3);
                TestFarm farm = TestFarm.start(network.places());
                RegionsAtWork regions = RegionsAtWork.start(farm)) {
            farm.awaitSettled();
            regions.awaitMore();
            regions.mayBeForgotten();

            network.cut(Set.of(2));
            await().atMost(TestFarm.PATIENCE).pollDelay(CUT).until(() -> true);
            network.heal();

            farm.awaitOneCluster();
            regions.awaitMore();
            regions.assertAllAgreeAtLast();
        }
    }
}
