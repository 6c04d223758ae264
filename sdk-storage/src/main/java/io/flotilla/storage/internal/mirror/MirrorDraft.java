package io.flotilla.storage.internal.mirror;

import io.flotilla.storage.internal.BlobKey;
import io.flotilla.storage.internal.Draft;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Bytes that come in at this node. Where their copies belong is known by their digest, so at their end: they are written
 * here first, and then sent to all who are to have them at the same time.
 */
final class MirrorDraft implements Draft {
    private final Draft draft;
    private final Copies copies;

    MirrorDraft(Draft draft, Copies copies) {
        this.draft = draft;
        this.copies = copies;
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        draft.write(bytes);
    }

    @Override
    public void publish(BlobKey blob) throws IOException {
        LocalHolder local = copies.local();
        List<Holder> order = new ArrayList<>(copies.order(blob.sha256()));
        copies.requireEnough(order.size());
        draft.publish(blob);
        int wanted = copies.wanted();
        List<Holder> chosen = order.subList(0, wanted);
        List<Holder> others =
                order.stream().filter(each -> !each.id().equals(local.id())).toList();
        int present = 1; // here
        List<IOException> failures = new ArrayList<>();
        List<Holder> first = others.stream().filter(chosen::contains).toList();
        present += copies.atOnce(first, holder -> copies.give(blob, holder), failures);
        for (Holder each : others) {
            if (present < wanted && !first.contains(each)) {
                present += copies.atOnce(List.of(each), holder -> copies.give(blob, holder), failures);
            }
        }
        if (present < wanted) {
            throw failures.get(0);
        }
    }

    @Override
    public void close() {
        draft.close();
    }
}
