package io.flotilla.storage.internal.mirror;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which nodes keep the copies of what: weighted rendezvous hashing. Each node draws a number from the key, and the greatest
 * take the copies, so that a node that comes or goes moves only what it takes or had, and nobody has to be asked. The
 * first of each zone come before the second of any.
 */
final class Placement {
    private Placement() {}

    /** All nodes, in the order in which they are to take a copy. */
    static List<MirrorNode> order(String key, List<MirrorNode> nodes) {
        List<Drawn> left = new ArrayList<>();
        for (MirrorNode each : nodes) {
            left.add(new Drawn(each, draw(key, each)));
        }
        left.sort(Comparator.comparingDouble(Drawn::number)
                .reversed()
                .thenComparing(each -> each.node().id()));
        List<MirrorNode> order = new ArrayList<>();
        while (!left.isEmpty()) {
            takeOneOfEachZone(left, order);
        }
        return order;
    }

    private static void takeOneOfEachZone(List<Drawn> left, List<MirrorNode> order) {
        Set<String> used = new HashSet<>();
        left.removeIf(each -> used.add(each.node().zone()) && order.add(each.node()));
    }

    private record Drawn(MirrorNode node, double number) {}

    /** The logarithm makes each node win as often as its weight says. */
    private static double draw(String key, MirrorNode node) {
        long bits = mix(hash(key) ^ mix(hash(node.id()))) >>> 11;
        double uniform = (bits + 0.5) * 0x1.0p-53;
        return -node.weight() / Math.log(uniform);
    }

    private static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (byte each : text.getBytes(UTF_8)) {
            hash = (hash ^ each) * 0x100000001b3L;
        }
        return mix(hash);
    }

    private static long mix(long value) {
        long mixed = (value ^ (value >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ (mixed >>> 33);
    }
}
