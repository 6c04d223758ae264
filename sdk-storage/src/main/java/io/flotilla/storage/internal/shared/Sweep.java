package io.flotilla.storage.internal.shared;

import io.flotilla.storage.internal.Backend.Living;
import io.flotilla.storage.internal.BlobKey;
import io.flotilla.storage.internal.LongSet;
import io.flotilla.storage.internal.Reference;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One sweep. What has no reference is not deleted but moved to the trash, and deleted from there after another grace if it
 * still has none. So a sweep that is mistaken, since an upload of the same bytes commits at this very moment, loses
 * nothing: the upload has kept its own copy until it has seen the blob after its commit, readers look in the trash too,
 * and the sweep itself takes out again what has a reference.
 */
final class Sweep {
    private static final Logger log = LoggerFactory.getLogger(Sweep.class);
    static final Pattern BLOB = Pattern.compile("[0-9a-f]{64}\\.[a-z0-9]{1,8}");
    private static final Pattern TEMP = Pattern.compile("([0-9]{1,18})-[0-9a-f-]{36}");
    private static final Pattern TRASH =
            Pattern.compile("([0-9a-f]{64}\\.[a-z0-9]{1,8})\\.([0-9]{1,18})-[0-9a-f-]{36}");

    private final SharedFolder folder;
    private final Disk disk;
    private final Layout layout;
    private final Duration grace;

    Sweep(SharedFolder folder, Disk disk, Layout layout, Duration grace) {
        this.folder = folder;
        this.disk = disk;
        this.layout = layout;
        this.grace = grace;
    }

    void run(Living living) throws IOException {
        long before = living.now() - grace.toMillis();
        LongSet blobs = living.blobs();
        int unreadable = new ReferenceWalk(disk, layout, folder::read)
                .run((latest, superseded) -> sweepName(latest, superseded, living, blobs, before));
        dropOldDrafts(before);
        if (unreadable > 0) {
            log.error("no blob is swept while {} references cannot be read", unreadable);
            return;
        }
        emptyTrash(blobs, before);
        throwAway(blobs, before);
    }

    private void sweepName(Reference latest, List<Reference> superseded, Living living, LongSet blobs, long before)
            throws IOException {
        if (latest.content() != null) {
            blobs.add(latest.content().blob().hash());
        }
        living.found(latest);
        if (latest.generation() < before && !superseded.isEmpty()) {
            // Not earlier: as long as the file is there, no late writer can follow the same base.
            for (Reference each : superseded) {
                disk.delete(layout.file(each));
            }
            disk.forceDirectory(layout.directory(latest)); // or one may come back when the latest has gone
        }
        if (latest.content() == null && living.forget(latest)) {
            disk.delete(layout.file(latest));
        }
    }

    private void dropOldDrafts(long before) throws IOException {
        for (String each : disk.list(layout.temp())) {
            Matcher name = TEMP.matcher(each);
            Path file = layout.temp().resolve(each);
            // The name tells when an upload began, the file when bytes came last.
            if (name.matches() && Long.parseLong(name.group(1)) < before && disk.lastModified(file) < before) {
                disk.delete(file);
            }
        }
    }

    private void emptyTrash(LongSet blobs, long before) throws IOException {
        for (String each : disk.list(layout.trash())) {
            Matcher name = TRASH.matcher(each);
            if (!name.matches() || Long.parseLong(name.group(2)) >= before) {
                continue;
            }
            BlobKey blob = BlobKey.ofFileName(name.group(1));
            Path trashed = layout.trash().resolve(each);
            if (!blobs.contains(blob.hash()) || folder.restore(trashed, blob)) {
                disk.delete(trashed);
            }
        }
    }

    private void throwAway(LongSet blobs, long before) throws IOException {
        for (String first : disk.list(layout.blobs())) {
            Path directory = layout.blobs().resolve(first);
            for (String second : disk.list(directory)) {
                throwAway(directory.resolve(second), blobs, before);
            }
        }
    }

    private void throwAway(Path directory, LongSet blobs, long before) throws IOException {
        boolean changed = false;
        for (String each : disk.list(directory)) {
            Path file = directory.resolve(each);
            if (BLOB.matcher(each).matches()
                    && !blobs.contains(BlobKey.ofFileName(each).hash())
                    && disk.lastModified(file) < before) {
                changed |= throwAway(file, each);
            }
        }
        if (changed) {
            disk.forceDirectory(layout.trash()); // before its old name may be forgotten
            disk.forceDirectory(directory);
        }
    }

    private boolean throwAway(Path file, String name) throws IOException {
        try {
            disk.rename(file, layout.trash().resolve(name + "." + folder.stamp()));
            return true;
        } catch (NoSuchFileException gone) {
            return false; // another node sweeps too
        }
    }
}
