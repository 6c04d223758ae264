package io.flotilla.storage.internal.shared;

import static java.util.Objects.requireNonNull;

import io.flotilla.storage.internal.Input;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A file system in memory that knows what would survive a loss of power: the bytes of a file that was forced, the names in
 * a directory that was forced. What was not forced may survive or not, each part for itself, as on a real one. Every
 * operation is a step, before which a test may do something else: fail it, cut the power, or act as another node.
 */
public final class FaultDisk implements Disk {
    private final InstantSource clock;
    private Directory root = new Directory();
    private final List<Change> pending = new ArrayList<>();
    private StepListener listener = step -> {};
    private int steps;
    private boolean off;
    private boolean listening;

    public FaultDisk(InstantSource clock) {
        this.clock = clock;
    }

    /** Called before each step, with its number. */
    public interface StepListener {
        void before(int step) throws IOException;
    }

    /** The machine stops: nothing works until {@link #powerOn}. */
    public static final class PowerLoss extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** What becomes of that which was not forced. */
    public enum Unforced {
        LOST,
        KEPT,
        BY_CHANCE
    }

    private abstract static sealed class Node permits File, Directory {}

    private static final class File extends Node {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private byte[] forced = {};
        private long modified;

        synchronized byte[] content() {
            return bytes.toByteArray();
        }
    }

    private static final class Directory extends Node {
        private final TreeMap<String, Node> names = new TreeMap<>();
        private final TreeMap<String, Node> forced = new TreeMap<>();
    }

    /** A change of names in one directory, or two at once, that is not forced yet. */
    private record Change(List<Directory> where, Runnable force) {}

    /** Counts steps anew, and calls the listener before each of them; steps that the listener makes itself do not count. */
    public void listen(StepListener newListener) {
        steps = 0;
        listener = newListener;
    }

    public int steps() {
        return steps;
    }

    /** Cuts the power. */
    public PowerLoss cut() {
        off = true;
        return new PowerLoss();
    }

    public void powerOn(Unforced unforced, Random random) {
        for (Change each : pending) {
            if (survives(unforced, random)) {
                each.force().run();
            }
        }
        pending.clear();
        recover(root, unforced, random);
        off = false;
        listen(step -> {});
    }

    private static boolean survives(Unforced unforced, Random random) {
        return unforced == Unforced.KEPT || (unforced == Unforced.BY_CHANCE && random.nextBoolean());
    }

    private static void recover(Directory directory, Unforced unforced, Random random) {
        directory.names.clear();
        directory.names.putAll(directory.forced);
        for (Node each : directory.names.values()) {
            if (each instanceof Directory below) {
                recover(below, unforced, random);
            } else if (each instanceof File file) {
                recover(file, unforced, random);
            }
        }
    }

    private static void recover(File file, Unforced unforced, Random random) {
        byte[] all = file.content();
        int extra = all.length - file.forced.length;
        int kept = switch (unforced) {
            case LOST -> 0;
            case KEPT -> extra;
            case BY_CHANCE -> random.nextInt(extra + 1);
        };
        file.bytes.reset();
        file.bytes.write(all, 0, file.forced.length + kept);
        file.forced = file.content();
    }

    private void step() throws IOException {
        if (listening) {
            return; // the listener's own
        }
        requireOn();
        steps++;
        listening = true;
        try {
            listener.before(steps);
        } finally {
            listening = false;
        }
        requireOn();
    }

    private void requireOn() {
        if (off) {
            throw new PowerLoss();
        }
    }

    @Override
    public Output create(Path path) throws IOException {
        step();
        File file = new File();
        file.modified = clock.millis();
        add(path, file);
        return new Output() {
            @Override
            public void write(ByteBuffer bytes) throws IOException {
                step();
                byte[] more = new byte[bytes.remaining()];
                bytes.get(more);
                file.bytes.write(more, 0, more.length);
                file.modified = clock.millis();
            }

            @Override
            public void force() throws IOException {
                step();
                file.forced = file.content();
            }

            @Override
            public void close() throws IOException {
                step();
            }
        };
    }

    @Override
    public Input open(Path path) throws IOException {
        step();
        File file = file(path);
        return new Input() {
            @Override
            public long size() {
                return file.content().length;
            }

            @Override
            public int read(ByteBuffer into, long position) {
                byte[] all = file.content();
                if (position >= all.length) {
                    return -1;
                }
                int some = (int) Math.min(into.remaining(), all.length - position);
                into.put(all, (int) position, some);
                return some;
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void link(Path path, Path name) throws IOException {
        step();
        add(name, file(path));
    }

    @Override
    public void rename(Path path, Path name) throws IOException {
        step();
        File file = file(path);
        Directory from = directory(requireNonNull(path.getParent()));
        Directory to = directory(requireNonNull(name.getParent()));
        String oldName = last(path);
        String newName = last(name);
        if (to.names.containsKey(newName)) {
            throw new FileAlreadyExistsException(name.toString());
        }
        from.names.remove(oldName);
        to.names.put(newName, file);
        pending.add(new Change(List.of(from, to), () -> {
            from.forced.remove(oldName);
            to.forced.put(newName, file);
        }));
    }

    @Override
    public void delete(Path path) throws IOException {
        step();
        Directory directory = directory(requireNonNull(path.getParent()));
        String name = last(path);
        if (directory.names.remove(name) != null) {
            pending.add(new Change(List.of(directory), () -> directory.forced.remove(name)));
        }
    }

    @Override
    public void createDirectory(Path path) throws IOException {
        step();
        Directory parent = directory(requireNonNull(path.getParent()));
        if (!(parent.names.get(last(path)) instanceof Directory)) {
            add(path, new Directory());
        }
    }

    private void add(Path path, Node node) throws IOException {
        Directory directory = directory(requireNonNull(path.getParent()));
        String name = last(path);
        if (directory.names.putIfAbsent(name, node) != null) {
            throw new FileAlreadyExistsException(path.toString());
        }
        pending.add(new Change(List.of(directory), () -> directory.forced.put(name, node)));
    }

    @Override
    public void forceDirectory(Path path) throws IOException {
        step();
        Directory directory = directory(path);
        for (Change each : List.copyOf(pending)) {
            if (each.where().contains(directory)) {
                each.force().run();
                pending.remove(each);
            }
        }
    }

    @Override
    public List<String> list(Path path) throws IOException {
        step();
        return find(path) instanceof Directory directory ? List.copyOf(directory.names.keySet()) : List.of();
    }

    @Override
    public long lastModified(Path path) throws IOException {
        step();
        return find(path) instanceof File file ? file.modified : Long.MAX_VALUE;
    }

    /** All files, by their paths. */
    public Map<Path, byte[]> files() {
        Map<Path, byte[]> all = new TreeMap<>();
        collect(Path.of("/"), root, all);
        return all;
    }

    private static void collect(Path path, Directory directory, Map<Path, byte[]> all) {
        directory.names.forEach((name, node) -> {
            if (node instanceof Directory below) {
                collect(path.resolve(name), below, all);
            } else if (node instanceof File file) {
                all.put(path.resolve(name), file.content());
            }
        });
    }

    /** Changes the bytes of a file, as a broken disk does. */
    public void damage(Path path) throws IOException {
        File file = file(path);
        byte[] half = Arrays.copyOf(file.content(), file.content().length / 2);
        file.bytes.reset();
        file.bytes.write(half, 0, half.length);
        file.forced = half;
    }

    private File file(Path path) throws NoSuchFileException {
        if (find(path) instanceof File file) {
            return file;
        }
        throw new NoSuchFileException(path.toString());
    }

    private Directory directory(Path path) throws NoSuchFileException {
        if (find(path) instanceof Directory directory) {
            return directory;
        }
        throw new NoSuchFileException(path.toString());
    }

    private @Nullable Node find(Path path) {
        Node node = root;
        for (Path each : path) {
            node = node instanceof Directory directory ? directory.names.get(each.toString()) : null;
        }
        return node;
    }

    private static String last(Path path) {
        return requireNonNull(path.getFileName()).toString();
    }
}
