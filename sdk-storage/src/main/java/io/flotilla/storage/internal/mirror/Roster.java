package io.flotilla.storage.internal.mirror;

import io.flotilla.storage.internal.mirror.MirrorNode.Standing;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All nodes that ever held copies. Two rosters are merged in any order, any number of times, with the same outcome.
 * Immutable.
 */
record Roster(Map<String, MirrorNode> nodes) {
    static final Roster EMPTY = new Roster(Map.of());

    private static final int VERSION = 1;
    private static final int MOST_NODES = 10_000;

    Roster {
        nodes = Collections.unmodifiableMap(new TreeMap<>(nodes));
    }

    Roster with(MirrorNode node) {
        Map<String, MirrorNode> merged = new TreeMap<>(nodes);
        merged.merge(node.id(), node, MirrorNode::merge);
        return new Roster(merged);
    }

    Roster merge(Roster other) {
        Roster merged = this;
        for (MirrorNode each : other.nodes.values()) {
            merged = merged.with(each);
        }
        return merged;
    }

    @Nullable
    MirrorNode find(String id) {
        return nodes.get(id);
    }

    /** The nodes among which copies are placed, away or not. */
    List<MirrorNode> members() {
        return nodes.values().stream()
                .filter(each -> each.standing() != Standing.GONE)
                .toList();
    }

    /** The members that are not among those. */
    List<MirrorNode> missing(Collection<String> present) {
        return members().stream().filter(each -> !present.contains(each.id())).toList();
    }

    byte[] write() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeInt(nodes.size());
            for (MirrorNode each : nodes.values()) {
                out.writeUTF(each.id());
                out.writeUTF(each.zone());
                out.writeInt(each.weight());
                out.writeUTF(each.standing().name());
            }
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return bytes.toByteArray();
    }

    /**
     * Returns what {@link #write} wrote.
     *
     * @throws IOException if the bytes are not that
     */
    static Roster read(byte[] bytes) throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int version = in.readUnsignedByte();
            int count = in.readInt();
            if (version != VERSION || count < 0 || count > MOST_NODES) {
                throw new IOException("a roster of another release, or damaged");
            }
            Roster roster = EMPTY;
            for (int i = 0; i < count; i++) {
                roster = roster.with(
                        new MirrorNode(in.readUTF(), in.readUTF(), in.readInt(), Standing.valueOf(in.readUTF())));
            }
            return roster;
        } catch (IllegalArgumentException damaged) {
            throw new IOException("a damaged roster", damaged);
        }
    }
}
