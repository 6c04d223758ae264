package io.flotilla.samples.farm;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** One node: a process that serves HTTP. */
final class Node {
    private final NodeSettings settings;
    private final ChildProcess process;

    private Node(NodeSettings settings, ChildProcess process) {
        this.settings = settings;
        this.process = process;
    }

    /** Starts the process, and does not wait for anything. */
    static Node start(NodeSettings settings) {
        return start(settings, Map.of());
    }

    static Node start(NodeSettings settings, Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(environment);
        all.put("FLOTILLA_EXIT_WITH_PARENT", "true");
        return new Node(settings, ChildProcess.start(settings.command(), all, settings.log()));
    }

    /**
     * Blocks until the node's readiness probe succeeds.
     *
     * @throws FarmFailure if the process ends before, or takes too long
     */
    void awaitReady(Duration patience) {
        Patience wait = new Patience(patience);
        while (!ready()) {
            if (!process.alive()) {
                throw FarmFailure.cannotStart("node " + name() + " ended at its start: " + process.lastLogLine());
            }
            if (!wait.more()) {
                throw FarmFailure.cannotStart("node " + name() + " was not ready within " + patience.toSeconds()
                        + " s: " + process.lastLogLine());
            }
        }
    }

    boolean ready() {
        return Visitor.status("GET", url().resolve("/health/ready")) == 200;
    }

    String name() {
        return settings.name();
    }

    NodeSettings settings() {
        return settings;
    }

    URI url() {
        return URI.create(
                "http://" + settings.place().host() + ":" + settings.place().httpPort());
    }

    Path log() {
        return settings.log();
    }

    long pid() {
        return process.pid();
    }

    boolean alive() {
        return process.alive();
    }

    CompletableFuture<Integer> exit() {
        return process.exit();
    }

    /** Tells the node to leave in order; completed with its exit code. */
    CompletableFuture<Integer> terminate() {
        return process.terminate();
    }

    /** Ends the node at once, as a crash would. */
    void kill() {
        process.kill();
    }
}
