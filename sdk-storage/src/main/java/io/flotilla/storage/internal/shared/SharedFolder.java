package io.flotilla.storage.internal.shared;

import static java.util.Objects.requireNonNull;

import io.flotilla.storage.internal.Backend;
import io.flotilla.storage.internal.BlobKey;
import io.flotilla.storage.internal.Draft;
import io.flotilla.storage.internal.Input;
import io.flotilla.storage.internal.Reference;
import io.flotilla.storage.internal.ReferenceText;
import io.flotilla.storage.internal.UncertainException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder that all nodes mount. Its rules are those of network file systems: a name is given once, by a link to a file
 * that is whole and on disk, and never to another file; nothing is locked, appended to or renamed over; and whether
 * something exists is asked by doing, not by looking.
 */
public final class SharedFolder implements Backend {
    /** How many parts names fall into. */
    public static final int PARTS = 256;

    private static final Logger log = LoggerFactory.getLogger(SharedFolder.class);
    private static final int MOST_REFERENCE_BYTES = 256 * 1024;

    private final Disk disk;
    private final Layout layout;
    private final InstantSource clock;
    private final Duration grace;

    /** Directories whose own names this process has forced. None is ever removed. */
    private final Set<Path> durable = ConcurrentHashMap.newKeySet();

    private SharedFolder(Disk disk, Path root, InstantSource clock, Duration grace) {
        this.disk = disk;
        this.layout = new Layout(root);
        this.clock = clock;
        this.grace = grace;
    }

    /**
     * Opens the folder, and tries out that its file system does what storage relies on.
     *
     * @throws IOException if it does not
     */
    public static SharedFolder open(Disk disk, Path root, InstantSource clock, Duration grace) throws IOException {
        SharedFolder folder = new SharedFolder(disk, root, clock, grace);
        for (Path each : folder.layout.top()) {
            folder.ensure(each);
        }
        folder.tryLinks();
        return folder;
    }

    private void tryLinks() throws IOException {
        Path file = newTemp();
        Path second = newTemp();
        disk.create(file).close();
        try {
            disk.link(file, second);
            try {
                disk.link(file, second);
                throw new IOException("a link replaced the file that it should not have");
            } catch (FileAlreadyExistsException asItShould) {
                log.debug("the file system links once");
            }
        } finally {
            disk.delete(second);
            disk.delete(file);
        }
    }

    @Override
    public Draft draft() throws IOException {
        Path temp = newTemp();
        return new SharedDraft(this, temp, disk.create(temp));
    }

    @Override
    public Draft hold(BlobKey blob) throws IOException {
        Path temp = newTemp();
        try {
            disk.link(layout.file(blob), temp);
        } catch (NoSuchFileException absent) {
            restore(blob, absent);
            disk.link(layout.file(blob), temp);
        }
        return new SharedDraft(this, temp, null);
    }

    @Override
    public Input open(BlobKey blob) throws IOException {
        try {
            return disk.open(layout.file(blob));
        } catch (NoSuchFileException absent) {
            restore(blob, absent);
            return disk.open(layout.file(blob));
        }
    }

    /** A sweep that stood still in a bad moment may have thrown away what has got a reference since. */
    private void restore(BlobKey blob, NoSuchFileException absent) throws IOException {
        String start = blob.fileName() + ".";
        for (String each : disk.list(layout.trash())) {
            if (each.startsWith(start) && restore(layout.trash().resolve(each), blob)) {
                return;
            }
        }
        throw absent;
    }

    boolean restore(Path trashed, BlobKey blob) throws IOException {
        try {
            disk.link(trashed, layout.file(blob));
        } catch (FileAlreadyExistsException there) {
            return true;
        } catch (NoSuchFileException gone) {
            return false; // another node was faster; it has restored it, or there is one more
        }
        disk.forceDirectory(layout.directory(blob));
        log.warn("a blob was in the trash although it has a reference, and was taken out again");
        return true;
    }

    /** Makes the blob be there, and durably so. */
    void publish(Path temp, BlobKey blob, boolean again) throws IOException {
        Path directory = layout.directory(blob);
        ensure(directory);
        try {
            disk.link(temp, layout.file(blob));
        } catch (FileAlreadyExistsException there) {
            if (again) {
                return; // durable since the first time
            }
        }
        disk.forceDirectory(directory); // even if it was there: whoever published it may not have come this far
    }

    @Override
    public Reference append(Reference reference) throws IOException {
        ensure(layout.directory(reference));
        Path temp = newTemp();
        try {
            writeDown(reference, temp);
            Reference follower = place(temp, reference);
            forceOrDoubt(layout.directory(reference));
            return follower;
        } finally {
            deleteLater(temp);
        }
    }

    private void writeDown(Reference reference, Path file) throws IOException {
        try (Disk.Output out = disk.create(file)) {
            out.write(ByteBuffer.wrap(ReferenceText.write(reference)));
            out.force();
        }
    }

    private Reference place(Path temp, Reference reference) throws IOException {
        Path file = layout.file(reference);
        try {
            disk.link(temp, file);
            return reference;
        } catch (IOException failure) {
            // Taken; or the answer was lost, and it is ours.
            Reference there = readIfThere(file);
            if (there == null) {
                throw new UncertainException(failure);
            }
            return there;
        }
    }

    private @Nullable Reference readIfThere(Path file) throws UncertainException {
        try {
            return read(file);
        } catch (NoSuchFileException absent) {
            return null;
        } catch (IOException failure) {
            throw new UncertainException(failure);
        }
    }

    private void forceOrDoubt(Path directory) throws UncertainException {
        try {
            disk.forceDirectory(directory);
        } catch (IOException failure) {
            throw new UncertainException(failure);
        }
    }

    Reference read(Path file) throws IOException {
        try (Input in = disk.open(file)) {
            long size = in.size();
            if (size > MOST_REFERENCE_BYTES) {
                throw new IOException("a reference of " + size + " bytes");
            }
            ByteBuffer bytes = ByteBuffer.allocate((int) size);
            int read = 0;
            while (bytes.hasRemaining() && read >= 0) {
                read = in.read(bytes, bytes.position());
            }
            return ReferenceText.read(bytes.array());
        }
    }

    @Override
    public void retract(Reference reference) throws IOException {
        disk.delete(layout.file(reference));
        disk.forceDirectory(layout.directory(reference));
    }

    @Override
    public void forEachReference(ReferenceReader reader) throws IOException {
        new ReferenceWalk(disk, layout, this::read).run((latest, superseded) -> reader.read(latest));
    }

    /** The references of one part of all names. */
    public void forEachReference(int part, ReferenceReader reader) throws IOException {
        String bucket = HexFormat.of().toHexDigits((byte) part);
        int unused = new ReferenceWalk(disk, layout, this::read)
                .run(bucket::equals, (latest, superseded) -> reader.read(latest));
    }

    /** Calls the reader with every blob; some may go, or come, meanwhile. */
    public void forEachBlob(BlobReader reader) throws IOException {
        for (String first : disk.list(layout.blobs())) {
            Path directory = layout.blobs().resolve(first);
            for (String second : disk.list(directory)) {
                for (String each : disk.list(directory.resolve(second))) {
                    if (Sweep.BLOB.matcher(each).matches()) {
                        reader.read(BlobKey.ofFileName(each));
                    }
                }
            }
        }
    }

    /** Takes blobs one at a time. */
    public interface BlobReader {
        void read(BlobKey blob) throws IOException;
    }

    /** Deletes a blob that is kept elsewhere: from the trash a reader would take it out again. */
    public void discard(BlobKey blob) throws IOException {
        disk.delete(layout.file(blob));
    }

    /** Removes all references of a name that are older than that one. */
    public void dropOlder(Reference reference) throws IOException {
        Path directory = layout.directory(reference);
        String start = String.valueOf(layout.file(reference).getFileName()).substring(0, Layout.HASH + 1);
        boolean changed = false;
        for (String each : disk.list(directory)) {
            if (each.startsWith(start) && isOlder(directory.resolve(each), reference)) {
                disk.delete(directory.resolve(each));
                changed = true;
            }
        }
        if (changed) {
            disk.forceDirectory(directory);
        }
    }

    private boolean isOlder(Path file, Reference reference) throws IOException {
        try {
            return read(file).generation() < reference.generation();
        } catch (NoSuchFileException gone) {
            return false;
        }
    }

    @Override
    public boolean isShared() {
        return true;
    }

    @Override
    public void sweep(Living living) throws IOException {
        new Sweep(this, disk, layout, grace).run(living);
    }

    /** Makes a directory be there, durably, with all that lead to it. */
    private void ensure(Path directory) throws IOException {
        if (directory.equals(layout.root()) || durable.contains(directory)) {
            return;
        }
        Path parent = requireNonNull(directory.getParent());
        ensure(parent);
        disk.createDirectory(directory);
        disk.forceDirectory(parent);
        durable.add(directory);
    }

    private Path newTemp() {
        return layout.temp().resolve(stamp());
    }

    /** A unique word that tells its time. */
    String stamp() {
        return clock.millis() + "-" + UUID.randomUUID();
    }

    /** Deletes a file of no use; if that fails, the next sweep will. */
    void deleteLater(Path temp) {
        try {
            disk.delete(temp);
        } catch (IOException failure) {
            log.debug("a file in temp stays until the next sweep", failure);
        }
    }
}
