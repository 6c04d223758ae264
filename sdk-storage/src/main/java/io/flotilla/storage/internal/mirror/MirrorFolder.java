package io.flotilla.storage.internal.mirror;

import io.flotilla.ClusterUnavailableException;
import io.flotilla.storage.internal.Backend;
import io.flotilla.storage.internal.BlobKey;
import io.flotilla.storage.internal.Draft;
import io.flotilla.storage.internal.Input;
import io.flotilla.storage.internal.LongSet;
import io.flotilla.storage.internal.Reference;
import io.flotilla.storage.internal.UncertainException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Copies on the disks of the nodes themselves. Each node has a folder of its own, written by the rules of a shared one, and
 * what is stored is in as many of them as there are to be copies before anybody is told so.
 */
final class MirrorFolder implements Backend {
    private final Copies copies;
    private final LocalHolder local;

    MirrorFolder(Copies copies) {
        this.copies = copies;
        this.local = copies.local();
    }

    @Override
    public Draft draft() throws IOException {
        copies.requireEnough(copies.present().size()); // before a client has sent all its bytes for nothing
        return new MirrorDraft(local.draft(), copies);
    }

    @Override
    public Draft hold(BlobKey blob) throws IOException {
        if (!local.has(blob)) {
            try (Input elsewhere = open(blob)) {
                local.receive(blob, elsewhere);
            }
        }
        return new MirrorDraft(local.folder().hold(blob), copies);
    }

    /** From this node's disk, or else from others, in the order in which they should have it. */
    @Override
    public Input open(BlobKey blob) throws IOException {
        List<Holder> sources = new ArrayList<>(List.of(local));
        copies.order(blob.sha256()).stream()
                .filter(each -> !each.id().equals(local.id()))
                .forEach(sources::add);
        try {
            return MirrorInput.open(blob, sources);
        } catch (NoSuchFileException nowhere) {
            if (copies.isWhole()) {
                throw nowhere;
            }
            throw new ClusterUnavailableException(
                    "the nodes that hold an object's bytes are away; start them again", nowhere);
        }
    }

    /** The first node in order decides which reference follows a base; the others take what it has. */
    @Override
    public Reference append(Reference reference) throws IOException {
        List<Holder> order = copies.order(key(reference));
        copies.requireEnough(order.size());
        int wanted = copies.wanted();
        Reference follower = order.get(0).append(reference);
        List<Holder> took = new ArrayList<>(order.subList(0, 1));
        for (Holder each : order.subList(1, order.size())) {
            if (took.size() == wanted) {
                return follower;
            }
            Reference there = appendIfReachable(each, follower);
            if (there == null) {
                continue;
            }
            if (!there.isSameAs(follower)) {
                return conflict(reference, follower, there, took);
            }
            took.add(each);
        }
        if (took.size() < wanted) {
            throw new UncertainException(
                    new IOException("only " + took.size() + " of " + wanted + " copies were made"));
        }
        return follower;
    }

    /** A node that has gone meanwhile may have written or not: one more is asked in its place. */
    private static @Nullable Reference appendIfReachable(Holder holder, Reference reference) {
        try {
            return holder.append(reference);
        } catch (IOException gone) {
            return null;
        }
    }

    /**
     * Another writer saw other nodes, and has placed its own. One of them is in the index, or will be: ours gives way, and
     * of two that are not ours the index knows which is void.
     */
    private static Reference conflict(Reference ours, Reference follower, Reference there, List<Holder> took)
            throws IOException {
        if (!follower.isSameAs(ours)) {
            return follower.generation() > there.generation() ? follower : there;
        }
        for (Holder each : took) {
            each.retract(ours);
        }
        return there;
    }

    @Override
    public void retract(Reference reference) throws IOException {
        for (Holder each : copies.order(key(reference))) {
            each.retract(reference);
        }
    }

    @Override
    public void forEachReference(ReferenceReader reader) throws IOException {
        copies.requireComplete();
        Map<String, Reference> latest = new TreeMap<>();
        for (Holder each : copies.present().values()) {
            each.forEachReference(
                    found -> latest.merge(found.namespace() + "/" + found.name(), found, MirrorFolder::later));
        }
        copies.requireComplete(); // who has gone meanwhile is not counted
        for (Reference each : latest.values()) {
            reader.read(each);
        }
    }

    private static Reference later(Reference one, Reference other) {
        return one.generation() >= other.generation() ? one : other;
    }

    @Override
    public boolean isShared() {
        return false;
    }

    /** Sweeps this node's disk, if all nodes are there: one that is away may hold a reference to what seems unused. */
    @Override
    public void sweep(Living living) throws IOException {
        if (!copies.isWhole()) {
            throw new ClusterUnavailableException("nothing is swept while nodes of the storage are away", null);
        }
        local.folder().sweep(new EverywhereForgotten(living));
    }

    /** A deleted name is forgotten only when no node has anything older of it, which would come back. */
    private final class EverywhereForgotten implements Living {
        private final Living living;

        EverywhereForgotten(Living living) {
            this.living = living;
        }

        @Override
        public LongSet blobs() {
            return living.blobs();
        }

        @Override
        public void found(Reference latest) {
            living.found(latest);
        }

        @Override
        public boolean forget(Reference deleted) {
            return copies.isWhole() && dropOlderEverywhere(deleted) && living.forget(deleted);
        }

        @Override
        public long now() {
            return living.now();
        }
    }

    private boolean dropOlderEverywhere(Reference deleted) {
        try {
            for (Holder each : copies.present().values()) {
                each.dropOlder(deleted);
            }
            return true;
        } catch (IOException later) {
            return false;
        }
    }

    static String key(Reference reference) {
        return reference.namespace() + "/" + reference.name();
    }
}
