package io.flotilla.samples.farm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Nodes find each other, whenever they come. */
@Tag("process")
final class ClusterStartIT {

    @RepeatedTest(2)
    void nodesThatStartInTheSameMomentMakeOneCluster() {
        try (TestFarm farm = TestFarm.start(3)) {
            for (Node node : farm.farm().nodes()) {
                assertThat(TestFarm.logLines(node, " ready"))
                        .as("lines that say ready")
                        .hasSize(1);
                assertThat(TestFarm.logLines(node, " ERROR ")).isEmpty();
            }
        }
    }

    @Test
    void aNodeWhoseMembersDoNotAnswerStartsAloneAndIsJoinedWhenTheyCome() {
        try (TestFarm farm = TestFarm.prepare(2)) {
            NodeSettings late = farm.farm().settings().get(1);
            Node alone = Node.start(farm.farm().settings().get(0));
            try {
                alone.awaitReady(TestFarm.PATIENCE);
                await().atMost(TestFarm.PATIENCE)
                        .untilAsserted(() -> assertThat(TestFarm.logLines(alone, "alone"))
                                .singleElement()
                                .asString()
                                .contains("WARN", "127.0.0.1:" + late.place().memberPort()));

                Node second = Node.start(late);
                try {
                    second.awaitReady(TestFarm.PATIENCE);
                    await().atMost(TestFarm.PATIENCE).untilAsserted(() -> {
                        assertThat(TestFarm.readyMembers(alone)).isEqualTo(2);
                        assertThat(TestFarm.readyMembers(second)).isEqualTo(2);
                    });
                } finally {
                    second.kill();
                }
            } finally {
                alone.kill();
            }
        }
    }
}
