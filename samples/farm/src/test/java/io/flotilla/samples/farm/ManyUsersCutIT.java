package io.flotilla.samples.farm;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The same as {@link ManyUsersIT} while the network between the nodes is cut and heals. */
@Tag("netns")
final class ManyUsersCutIT {

    @Test
    void nothingIsLostWhenTheNetworkIsCut() throws Exception {
        try (Network network = Network.of(3);
                TestFarm farm = TestFarm.start(network.places());
                ManyUsers users = new ManyUsers(farm)) {
            farm.awaitSettled();
            users.endure(1, List.of((same, random) -> cut(network, same, random)));
        }
    }

    private static void cut(Network network, TestFarm farm, Random random) throws Exception {
        network.cut(Set.of(random.nextInt(farm.size())));
        await().atMost(TestFarm.PATIENCE)
                .pollDelay(Duration.ofMillis(1_000 + random.nextInt(20_000)))
                .until(() -> true);
        network.heal();
        farm.awaitOneCluster();
        farm.awaitSettled();
    }
}
