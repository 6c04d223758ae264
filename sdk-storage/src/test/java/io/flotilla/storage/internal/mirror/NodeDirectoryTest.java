package io.flotilla.storage.internal.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flotilla.storage.internal.mirror.MirrorNode.Standing;
import io.flotilla.storage.internal.shared.FaultDisk;
import io.flotilla.storage.internal.shared.FaultDisk.PowerLoss;
import io.flotilla.storage.internal.shared.FaultDisk.Unforced;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a node knows of itself and others outlives it. */
class NodeDirectoryTest {
    private static final MirrorNode OTHER = new MirrorNode("ab".repeat(16), "east", 100, Standing.NEW);

    private final FaultDisk disk = new FaultDisk(() -> Instant.EPOCH);

    private NodeDirectory open() throws IOException {
        return NodeDirectory.open(disk, Path.of("/"), "west", 100);
    }

    private void losePower() {
        PowerLoss unused = disk.cut();
        disk.powerOn(Unforced.LOST, new Random(0));
    }

    @Test
    void aNodeKeepsItsIdAndWhatItHasLearnt() throws IOException {
        NodeDirectory first = open();
        Roster known = first.learn(Roster.EMPTY.with(OTHER));
        losePower();
        NodeDirectory second = open();
        assertThat(second.id()).isEqualTo(first.id());
        assertThat(second.roster()).isEqualTo(known);
        assertThat(known.members()).hasSize(2);
    }

    @Test
    void everyLossOfPowerLeavesOneIdAndTheOldRosterOrTheNewOne() throws IOException {
        for (int steps = 0; steps < 40; steps++) {
            FaultDisk fresh = new FaultDisk(() -> Instant.EPOCH);
            int last = steps;
            fresh.listen(step -> {
                if (step == last) {
                    throw fresh.cut();
                }
            });
            boolean learnt = false;
            String id = "";
            try {
                NodeDirectory first = NodeDirectory.open(fresh, Path.of("/"), "west", 100);
                id = first.id();
                Roster unused = first.learn(Roster.EMPTY.with(OTHER));
                learnt = true;
            } catch (PowerLoss cut) {
                assertThat(fresh.steps()).isGreaterThanOrEqualTo(last);
            }
            fresh.listen(step -> {});
            fresh.powerOn(Unforced.LOST, new Random(steps));
            NodeDirectory second = NodeDirectory.open(fresh, Path.of("/"), "west", 100);
            assertThat(id).isIn("", second.id());
            assertThat(second.roster().find(second.id())).isNotNull();
            assertThat(second.roster().find(OTHER.id()) != null || !learnt).isTrue();
        }
    }

    @Test
    void rostersMergeInAnyOrder() throws IOException {
        Roster one = Roster.EMPTY.with(OTHER);
        Roster two = Roster.EMPTY.with(OTHER.with(Standing.GONE));
        assertThat(one.merge(two)).isEqualTo(two.merge(one)).isEqualTo(two);
        assertThat(two.members()).isEmpty();
        assertThat(two.with(OTHER)).isEqualTo(two);
        assertThat(Roster.read(two.write())).isEqualTo(two);
        assertThat(one.missing(List.of())).containsExactly(OTHER);
        assertThatThrownBy(() -> Roster.read(new byte[] {9, 0, 0, 0, 0})).isInstanceOf(IOException.class);
    }
}
