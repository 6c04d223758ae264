package io.flotilla.storage.internal.mirror;

import io.flotilla.ClusterUnavailableException;
import io.flotilla.storage.internal.BlobKey;
import io.flotilla.storage.internal.Input;
import io.flotilla.storage.internal.mirror.MirrorNode.Standing;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** Who is to keep copies of what, who of them is there, and whether that is enough. Thread-safe. */
final class Copies {
    private final LocalHolder local;
    private final Neighbours neighbours;
    private final int copies;
    private final ExecutorService pool;

    Copies(LocalHolder local, Neighbours neighbours, int copies, ExecutorService pool) {
        this.local = local;
        this.neighbours = neighbours;
        this.copies = copies;
        this.pool = pool;
    }

    LocalHolder local() {
        return local;
    }

    Roster roster() {
        return local.directory().roster();
    }

    /** How many copies there should be; fewer as long as there have never been that many nodes. */
    int wanted() {
        return Math.min(copies, Math.max(1, roster().members().size()));
    }

    boolean areAsMany() {
        return wanted() == copies;
    }

    /** This node and all others that are there, by their ids. */
    Map<String, Holder> present() {
        Map<String, Holder> present = new HashMap<>();
        present.put(local.id(), local);
        for (Holder each : neighbours.present()) {
            present.put(each.id(), each);
        }
        return present;
    }

    /** Who is to keep the copies, the first of whom decides between two; those that are away are left out. */
    List<Holder> order(String key) {
        Map<String, Holder> present = present();
        List<Holder> order = new ArrayList<>();
        for (MirrorNode each : Placement.order(key, roster().members())) {
            Holder holder = present.get(each.id());
            if (holder != null) {
                order.add(holder);
            }
        }
        return order;
    }

    /** Who would keep the copies if all were there. */
    Set<String> chosen(String key) {
        return Set.copyOf(Placement.order(key, roster().members()).stream()
                .limit(wanted())
                .map(MirrorNode::id)
                .toList());
    }

    /** All members of the roster are there. */
    boolean isWhole() {
        return roster().missing(present().keySet()).isEmpty();
    }

    /** The nodes that are away cannot be the only ones that hold something. */
    void requireComplete() {
        List<MirrorNode> missing = roster().missing(present().keySet());
        boolean enough = missing.isEmpty()
                || (missing.size() < copies && missing.stream().allMatch(each -> each.standing() == Standing.COPIED));
        if (!enough) {
            throw new ClusterUnavailableException(
                    missing.size() + " of " + roster().members().size() + " nodes of the storage are away, and may hold"
                            + " what no other does; start them, or give them up with decommission",
                    null);
        }
    }

    void requireEnough(int there) {
        if (there < wanted()) {
            throw new ClusterUnavailableException(
                    "the storage must have " + wanted() + " copies and only " + there + " of its nodes can take one;"
                            + " start the others, or give them up with decommission; nothing has changed",
                    null);
        }
    }

    /** Sends a holder this node's copy, unless it has one. */
    void give(BlobKey blob, Holder holder) throws IOException {
        if (!holder.has(blob)) {
            try (Input bytes = local.open(blob)) {
                holder.receive(blob, bytes);
            }
        }
    }

    /** Asks several at the same time. Returns for how many it worked; what failed is given to them. */
    int atOnce(List<Holder> holders, Work work, List<IOException> failures) {
        List<Future<Boolean>> results = new ArrayList<>();
        for (Holder each : holders) {
            Callable<Boolean> task = () -> {
                work.with(each);
                return true;
            };
            results.add(pool.submit(task));
        }
        int done = 0;
        for (Future<Boolean> each : results) {
            try {
                done += each.get() ? 1 : 0;
            } catch (ExecutionException failure) {
                failures.add(failure.getCause() instanceof IOException known ? known : new IOException(failure));
            } catch (InterruptedException interrupt) {
                Thread.currentThread().interrupt();
                failures.add(new IOException("interrupted while copies were made", interrupt));
            }
        }
        return done;
    }

    /** What each holder is asked for. */
    interface Work {
        void with(Holder holder) throws IOException;
    }
}
