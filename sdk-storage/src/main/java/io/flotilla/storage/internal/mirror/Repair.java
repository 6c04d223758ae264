package io.flotilla.storage.internal.mirror;

import io.flotilla.storage.internal.BlobKey;
import io.flotilla.storage.internal.Reference;
import io.flotilla.storage.internal.mirror.MirrorNode.Standing;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what this node holds to where it belongs. Every node does so for itself, and nobody leads: what is held by anybody
 * gets to all who should have it.
 */
final class Repair {
    private static final Logger log = LoggerFactory.getLogger(Repair.class);

    private final Copies copies;
    private final LocalHolder local;
    private boolean replacing;
    private boolean failed;

    Repair(Copies copies) {
        this.copies = copies;
        this.local = copies.local();
    }

    /**
     * Looks through all once.
     *
     * @param replace whether nodes that are away get others in their place
     * @return whether everything this node holds has all its copies
     */
    boolean run(boolean replace) throws IOException {
        replacing = replace;
        failed = false;
        Map<String, Holder> present = copies.present();
        for (Holder each : present.values()) {
            attempt(each, this::exchange);
        }
        local.forEachReference(each -> pass(each, present));
        local.folder().forEachBlob(each -> pass(each, present));
        if (!failed && copies.areAsMany() && copies.isWhole()) {
            MirrorNode self = copies.roster().find(local.id());
            if (self != null && self.standing() == Standing.NEW) {
                Roster told = local.exchange(Roster.EMPTY.with(self.with(Standing.COPIED)));
                log.debug(
                        "all that this node holds has its copies, on {} nodes",
                        told.nodes().size());
            }
        }
        return !failed;
    }

    private List<String> targets(String key) {
        return replacing
                ? copies.order(key).stream()
                        .limit(copies.wanted())
                        .map(Holder::id)
                        .toList()
                : List.copyOf(copies.chosen(key));
    }

    private void exchange(Holder holder) throws IOException {
        Roster unused = local.exchange(holder.exchange(copies.roster()));
    }

    private void pass(Reference reference, Map<String, Holder> present) {
        for (String each : targets(MirrorFolder.key(reference))) {
            if (!each.equals(local.id())) {
                attempt(present.get(each), holder -> {
                    Reference unused = holder.append(reference);
                });
            }
        }
    }

    private void pass(BlobKey blob, Map<String, Holder> present) throws IOException {
        List<String> chosen = targets(blob.sha256());
        int elsewhere = 0;
        for (String each : chosen) {
            if (!each.equals(local.id())) {
                elsewhere += attempt(present.get(each), holder -> copies.give(blob, holder)) ? 1 : 0;
            }
        }
        boolean surplus = !chosen.contains(local.id()) && elsewhere >= copies.wanted() && copies.areAsMany();
        if (surplus && copies.isWhole()) { // or two nodes that know of different ones may each rely on the other
            local.folder().discard(blob);
        }
    }

    private boolean attempt(@Nullable Holder holder, Copies.Work work) {
        if (holder == null) {
            failed = true;
            return false;
        }
        try {
            work.with(holder);
            return true;
        } catch (IOException later) {
            failed = true;
            log.debug("a copy could not be made, and will be tried again", later);
            return false;
        }
    }
}
