package io.flotilla.storage.internal.mirror;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.flotilla.storage.internal.Input;
import io.flotilla.storage.internal.mirror.MirrorNode.Standing;
import io.flotilla.storage.internal.shared.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/**
 * Who this node is and whom it has ever heard of, on its own disk. As everything there, rosters are written once: a later
 * one is another file, and what is read is all of them merged. Thread-safe.
 */
final class NodeDirectory {
    private static final int MOST_BYTES = 1 << 20;

    private final Disk disk;
    private final Path rosters;
    private final Path idFile;
    private final String id;
    private Roster roster; // guarded by this

    private NodeDirectory(Disk disk, Path root) throws IOException {
        this.disk = disk;
        this.rosters = root.resolve("rosters");
        this.idFile = root.resolve("node");
        disk.createDirectory(rosters);
        disk.forceDirectory(root);
        this.id = ownId(root);
        this.roster = readAll();
    }

    /** Opens the directory of a node; gives the node an id if it has none. */
    static NodeDirectory open(Disk disk, Path root, String zone, int weight) throws IOException {
        NodeDirectory directory = new NodeDirectory(disk, root);
        directory.learn(Roster.EMPTY.with(new MirrorNode(directory.id, zone, weight, Standing.NEW)));
        return directory;
    }

    private String ownId(Path root) throws IOException {
        try {
            return new String(read(idFile), US_ASCII);
        } catch (NoSuchFileException none) {
            String made = UUID.randomUUID().toString().replace("-", "");
            place(made.getBytes(US_ASCII), idFile);
            disk.forceDirectory(root);
            return new String(read(idFile), US_ASCII);
        }
    }

    String id() {
        return id;
    }

    synchronized Roster roster() {
        return roster;
    }

    /** Takes in what another knows; durable when it returns. Returns what is known then. */
    synchronized Roster learn(Roster other) throws IOException {
        Roster merged = roster.merge(other);
        if (!merged.equals(roster)) {
            List<String> old = disk.list(rosters);
            place(merged.write(), rosters.resolve(UUID.randomUUID() + ".roster"));
            disk.forceDirectory(rosters);
            roster = merged;
            for (String each : old) {
                disk.delete(rosters.resolve(each));
            }
        }
        return merged;
    }

    private Roster readAll() throws IOException {
        Roster all = Roster.EMPTY;
        for (String each : disk.list(rosters)) {
            if (each.endsWith(".roster")) {
                all = all.merge(Roster.read(read(rosters.resolve(each))));
            }
        }
        return all;
    }

    /** Gives forced bytes their name. */
    private void place(byte[] bytes, Path name) throws IOException {
        Path temp = rosters.resolve(UUID.randomUUID() + ".temp");
        try {
            try (Disk.Output out = disk.create(temp)) {
                out.write(ByteBuffer.wrap(bytes));
                out.force();
            }
            disk.link(temp, name);
        } catch (FileAlreadyExistsException faster) {
            disk.forceDirectory(rosters);
        } finally {
            disk.delete(temp);
        }
    }

    private byte[] read(Path file) throws IOException {
        try (Input in = disk.open(file)) {
            if (in.size() > MOST_BYTES) {
                throw new IOException("a file of " + in.size() + " bytes where a small one was expected: " + file);
            }
            ByteBuffer bytes = ByteBuffer.allocate((int) in.size());
            int read = 0;
            while (bytes.hasRemaining() && read >= 0) {
                read = in.read(bytes, bytes.position());
            }
            return bytes.array();
        }
    }
}
