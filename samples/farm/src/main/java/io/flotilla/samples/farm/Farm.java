package io.flotilla.samples.farm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** Nodes that form one cluster. */
final class Farm implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);
    private static final long STOP_SECONDS = 40;

    private final List<NodeSettings> settings = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();
    private final Path directory;

    /**
     * Prepares a farm; nothing runs yet.
     *
     * @param directory where logs, the cluster's secret and the admin token go
     * @param places one for each node
     */
    Farm(Path directory, List<Place> places) {
        this.directory = directory;
        Path secret = directory.resolve("cluster.secret");
        Path token = directory.resolve("admin.token");
        List<String> members = places.stream().map(Place::member).toList();
        for (Place each : places) {
            settings.add(new NodeSettings("n" + (settings.size() + 1), each, members, directory, secret, token));
        }
        try {
            Files.createDirectories(directory.resolve("tmp"));
            writeIfAbsent(secret);
            writeIfAbsent(token);
        } catch (IOException failure) {
            throw FarmFailure.cannotStart("cannot write to " + directory + ": " + failure);
        }
    }

    /** Starts all nodes in the same moment, and does not wait for them. */
    synchronized void start() {
        settings.forEach(each -> nodes.add(Node.start(each)));
    }

    void awaitReady() {
        nodes().forEach(node -> node.awaitReady(START));
    }

    synchronized List<Node> nodes() {
        return List.copyOf(nodes);
    }

    List<NodeSettings> settings() {
        return List.copyOf(settings);
    }

    synchronized Node node(int index) {
        return nodes.get(index);
    }

    /** Starts a node again that has ended, with the same name and ports, and waits until it is ready. */
    Node restart(int index) {
        Node fresh = Node.start(settings.get(index));
        synchronized (this) {
            nodes.set(index, fresh);
        }
        fresh.awaitReady(START);
        return fresh;
    }

    Path adminTokenFile() {
        return directory.resolve("admin.token");
    }

    /** Tells all nodes to leave, and kills those that do not; blocks until none is left. */
    @Override
    public void close() {
        List<Node> all = nodes();
        List<CompletableFuture<Integer>> ends =
                all.stream().filter(Node::alive).map(Node::terminate).toList();
        try {
            CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new))
                    .orTimeout(STOP_SECONDS, TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException late) {
            all.stream().filter(Node::alive).forEach(Node::kill);
        }
        DirectoryTree.delete(directory.resolve("tmp"));
        DirectoryTree.delete(adminTokenFile());
        DirectoryTree.delete(directory.resolve("cluster.secret"));
    }

    /** A file that only its owner can read, with 32 random bytes in hexadecimal digits. */
    private static void writeIfAbsent(Path file) throws IOException {
        if (Files.exists(file)) {
            return;
        }
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, HexFormat.of().formatHex(random) + "\n");
    }
}
