package io.flotilla.samples.farm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A running farm changes its secret, and nobody notices. */
@Tag("process")
final class SecretRotationIT {
    private static final int WRITERS = 4;
    private static final String NEW_SECRET = "0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0";

    @Test
    void threeRoundsChangeTheSecretUnderLoadWithoutALostWriteOrMember() throws Exception {
        try (TestFarm farm = TestFarm.start(3)) {
            Path file = farm.directory().resolve("cluster.secret");
            String oldSecret = Files.readString(file).strip();
            Visitor visitor = new Visitor();
            visitor.post(farm.url(0), "/api/session/counter/start");
            try (Writes writes = Writes.start(visitor, WRITERS, request -> farm.url(request % 3))) {
                round(farm, file, writes, List.of(oldSecret, NEW_SECRET));
                round(farm, file, writes, List.of(NEW_SECRET, oldSecret));
                round(farm, file, writes, List.of(NEW_SECRET));
                TestFarm.awaitFreshWrites(
                        writes, 3 * WRITERS); // over connections that were opened under the new secret
                farm.assertNothingLost(writes, visitor);

                assertThat(writes.failures()).isEmpty();
                for (Node node : farm.farm().nodes()) {
                    assertThat(TestFarm.logLines(node, " left; members")).isEmpty();
                    assertThat(TestFarm.logLines(node, " ERROR ")).isEmpty();
                }
            }
            assertThat(farm.farm().nodes())
                    .as("nodes that opened connections anew")
                    .anyMatch(node -> TestFarm.logLines(node, "secrets accepted: 1,").stream()
                            .anyMatch(line -> !line.endsWith(" 0")));
            assertThat(farm.node(0).terminate().join()).isZero();
            farm.restart(0); // with the new secret, since that is all there is
        }
    }

    /** Puts the secrets into the file that all nodes read, and waits until each has read it. */
    private static void round(TestFarm farm, Path file, Writes writes, List<String> secrets) throws IOException {
        Map<Node, Integer> before = new HashMap<>();
        farm.farm().nodes().forEach(node -> before.put(node, readings(node)));
        Path fresh = Files.writeString(file.resolveSibling("fresh"), String.join("\n", secrets) + "\n");
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        for (Node node : farm.farm().nodes()) {
            await().atMost(TestFarm.PATIENCE).until(() -> readings(node) > before.getOrDefault(node, 0));
        }
        TestFarm.awaitFreshWrites(writes, 3 * WRITERS);
    }

    private static int readings(Node node) {
        return TestFarm.logLines(node, "secrets accepted").size();
    }
}
