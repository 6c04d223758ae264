package io.flotilla.storage.internal.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.flotilla.storage.internal.mirror.MirrorNode.Standing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Who keeps the copies: the same answer everywhere, few moves, fair shares, different zones. */
class PlacementTest {
    private static final int KEYS = 20_000;

    private static MirrorNode node(int i, String zone, int weight) {
        return new MirrorNode(String.format("%032x", 7919L * i + 1), zone, weight, Standing.NEW);
    }

    private static List<MirrorNode> nodes(int count) {
        List<MirrorNode> nodes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            nodes.add(node(i, "", 100));
        }
        return nodes;
    }

    @Property(tries = 100)
    void aNodeThatGoesMovesNothingButItsOwn(@ForAll @IntRange(min = 2, max = 9) int count, @ForAll int key) {
        List<MirrorNode> all = nodes(count);
        List<MirrorNode> before = Placement.order("k" + key, all);
        assertThat(before).containsExactlyInAnyOrderElementsOf(all);
        for (MirrorNode gone : all) {
            List<MirrorNode> expected = new ArrayList<>(before);
            expected.remove(gone);
            List<MirrorNode> rest = new ArrayList<>(all);
            rest.remove(gone);
            assertThat(Placement.order("k" + key, rest)).isEqualTo(expected);
        }
    }

    @Property(tries = 100)
    void theFirstCopiesLieInDifferentZones(
            @ForAll @IntRange(min = 1, max = 4) int zones,
            @ForAll @IntRange(min = 1, max = 3) int each,
            @ForAll int key) {
        List<MirrorNode> all = new ArrayList<>();
        for (int i = 0; i < zones * each; i++) {
            all.add(node(i, "z" + i % zones, 100));
        }
        Set<String> used = new HashSet<>();
        Placement.order("k" + key, all).stream().limit(zones).forEach(chosen -> used.add(chosen.zone()));
        assertThat(used).hasSize(zones);
    }

    @Test
    void nodesTakeTheirShare() {
        List<MirrorNode> all = List.of(node(1, "", 100), node(2, "", 100), node(3, "", 200));
        Map<MirrorNode, Integer> first = new HashMap<>();
        for (int i = 0; i < KEYS; i++) {
            first.merge(Placement.order("k" + i, all).get(0), 1, Integer::sum);
        }
        assertThat(first.get(all.get(0))).isCloseTo(KEYS / 4, within(KEYS / 50));
        assertThat(first.get(all.get(1))).isCloseTo(KEYS / 4, within(KEYS / 50));
        assertThat(first.get(all.get(2))).isCloseTo(KEYS / 2, within(KEYS / 50));
    }
}
