package io.flotilla.storage.internal.mirror;

import io.flotilla.storage.internal.shared.FaultDisk;
import io.flotilla.storage.internal.shared.SharedFolder;
import io.flotilla.testkit.TestTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;

/** Several nodes in one thread, each with a disk in memory; they talk to each other in the bytes that members would send. */
final class Fleet {
    static final Duration GRACE = Duration.ofHours(24);

    final TestTime time;
    final List<Node> nodes = new ArrayList<>();
    private final int copies;

    Fleet(int count, int copies, TestTime time) {
        this.time = time;
        this.copies = copies;
        for (int i = 0; i < count; i++) {
            Node unused = add();
        }
    }

    Node add() {
        Node node = new Node();
        nodes.add(node);
        meet();
        return node;
    }

    Node node(int i) {
        return nodes.get(i);
    }

    /** All that are there tell each other of all they know. */
    void meet() {
        for (Node each : nodes) {
            for (Node other : nodes) {
                if (each.up && other.up) {
                    other.learn(each.local.directory().roster());
                }
            }
        }
    }

    /** All that are there look through their copies. */
    boolean repair(boolean replace) {
        boolean clean = true;
        for (Node each : nodes) {
            clean &= !each.up || each.repair(replace);
        }
        meet();
        return clean;
    }

    /** How many disks have a file whose name begins so. */
    long disksWith(String directory, String start) {
        return nodes.stream().filter(each -> each.has(directory, start)).count();
    }

    /** One node. */
    final class Node implements Neighbours {
        final FaultDisk disk = new FaultDisk(() -> Instant.EPOCH);
        boolean up = true;
        LocalHolder local = open();
        Answering answering = new Answering(local, (member, node) -> {}, time.ticker());
        Copies own = new Copies(local, this, copies, new SameThread());
        MirrorFolder folder = new MirrorFolder(own);

        private LocalHolder open() {
            try {
                Path root = Path.of("/");
                SharedFolder shared = SharedFolder.open(disk, root, time.clock(), GRACE);
                return new LocalHolder(NodeDirectory.open(disk, root, "", 100), shared);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }

        /** A new process on the same disk. */
        void restart() {
            local = open();
            answering = new Answering(local, (member, node) -> {}, time.ticker());
            own = new Copies(local, this, copies, new SameThread());
            folder = new MirrorFolder(own);
            up = true;
            meet();
        }

        String id() {
            return local.id();
        }

        boolean repair(boolean replace) {
            try {
                return new Repair(own).run(replace);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }

        void learn(Roster roster) {
            try {
                Roster unused = local.exchange(roster);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }

        boolean has(String directory, String start) {
            return disk.files().keySet().stream()
                    .anyMatch(each -> each.startsWith("/" + directory)
                            && String.valueOf(each.getFileName()).startsWith(start));
        }

        @Override
        public List<Holder> present() {
            List<Holder> present = new ArrayList<>();
            for (Node each : nodes) {
                if (each != this && each.up) {
                    present.add(new RemoteHolder(each.id(), (kind, question) -> {
                        if (!each.up) {
                            throw new IOException("the node has gone");
                        }
                        return each.answering.answer(kind, question);
                    }));
                }
            }
            return present;
        }
    }

    /** Disks in memory are used by one thread. */
    private static final class SameThread extends AbstractExecutorService {
        @Override
        public void execute(Runnable task) {
            task.run();
        }

        @Override
        public void shutdown() {}

        @Override
        public List<Runnable> shutdownNow() {
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return false;
        }

        @Override
        public boolean isTerminated() {
            return false;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return true;
        }
    }
}
