package io.flotilla.samples.farm;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** No acknowledged write is lost, no ended session is alive, nobody sees another's session, whatever befalls the nodes. */
@Tag("process")
final class ManyUsersIT {

    @Test
    void nothingIsLostWhenNodesAreKilledAndFreeze() throws Exception {
        try (TestFarm farm = TestFarm.start(3);
                ManyUsers users = new ManyUsers(farm)) {
            farm.awaitSettled();
            users.endure(1, List.of(ManyUsersIT::kill, ManyUsersIT::stutter, ManyUsersIT::freeze, ManyUsersIT::kill));
        }
    }

    private static void kill(TestFarm farm, Random random) {
        int victim = random.nextInt(farm.size());
        farm.node(victim).kill();
        farm.restart(victim);
        farm.awaitSettled();
    }

    /** Short enough to stay a member. */
    private static void stutter(TestFarm farm, Random random) throws Exception {
        freeze(farm, random, Duration.ofMillis(500 + random.nextInt(5_000)));
    }

    /** Long enough to be taken for gone. */
    private static void freeze(TestFarm farm, Random random) throws Exception {
        freeze(farm, random, Duration.ofMillis(11_000 + random.nextInt(4_000)));
        farm.awaitSettled();
    }

    private static void freeze(TestFarm farm, Random random, Duration time) throws Exception {
        Node victim = farm.node(random.nextInt(farm.size()));
        Signals.freeze(victim);
        try {
            await().atMost(TestFarm.PATIENCE).pollDelay(time).until(() -> true);
        } finally {
            Signals.thaw(victim);
        }
        farm.awaitOneCluster();
    }
}
