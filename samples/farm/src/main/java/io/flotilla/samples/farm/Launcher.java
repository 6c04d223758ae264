package io.flotilla.samples.farm;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Starts a farm and its balancer for people, tells how it goes, and stops everything. */
final class Launcher implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);

    private final FarmOptions options;
    private final PrintStream out;
    private @Nullable Path directory;
    private @Nullable Farm farm;
    private @Nullable Balancer balancer;
    private volatile boolean stopping;
    private boolean closed;

    Launcher(FarmOptions options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    /** Runs the farm until it is stopped from outside, or, with {@code --smoke}, until the story is told. */
    int run() throws InterruptedException {
        start();
        if (options.smoke()) {
            Smoke smoke =
                    new Smoke(requireStarted(farm), requireStarted(balancer).url(), new SmokeReport(out));
            return smoke.run() ? 0 : 1;
        }
        awaitTheEnd();
        return 0;
    }

    /** True once the launcher was told to stop: nodes that end now are no news. */
    boolean stopping() {
        return stopping;
    }

    private void start() {
        List<Integer> httpPorts = range(options.port() + 1);
        List<Integer> memberPorts = range(options.memberPort());
        List<Integer> all = new ArrayList<>(List.of(options.port()));
        all.addAll(httpPorts);
        all.addAll(memberPorts);
        Ports.requireFree(all);
        if (options.balancer() == BalancerKind.HAPROXY) {
            HaproxyBalancer.requireInstalled();
        }
        Path logs = logs();
        Farm nodes = open(new Farm(logs, places(httpPorts, memberPorts)));
        out.println("Starting " + options.nodes() + " nodes, logs in " + logs);
        for (Node node : nodes.nodes()) {
            node.awaitReady(START);
            out.println("  " + node.name() + " is ready");
        }
        Balancer front = open(Balancer.start(options.balancer(), options.port(), nodes.nodes(), logs));
        awaitFront(front);
        printTable(nodes, front);
    }

    private static List<Place> places(List<Integer> httpPorts, List<Integer> memberPorts) {
        return IntStream.range(0, httpPorts.size())
                .mapToObj(i -> Place.here(httpPorts.get(i), memberPorts.get(i)))
                .toList();
    }

    private List<Integer> range(int first) {
        return IntStream.range(first, first + options.nodes()).boxed().toList();
    }

    private synchronized Path logs() {
        try {
            Path given = options.data();
            directory = given == null ? Files.createTempDirectory("flotilla-farm-") : given.toAbsolutePath();
            return Files.createDirectories(directory);
        } catch (IOException failure) {
            throw FarmFailure.cannotStart("cannot write to the data directory: " + failure);
        }
    }

    private synchronized Farm open(Farm prepared) {
        farm = prepared;
        if (!closed) {
            prepared.start();
        }
        return prepared;
    }

    private synchronized Balancer open(Balancer started) {
        balancer = started;
        if (closed) {
            started.close();
        }
        return started;
    }

    private static void awaitFront(Balancer front) {
        Patience patience = new Patience(START);
        while (Visitor.status("GET", front.url().resolve("/api/session")) != 200) {
            if (!patience.more()) {
                throw FarmFailure.cannotStart("the balancer at " + front.url() + " does not answer");
            }
        }
    }

    private void printTable(Farm nodes, Balancer front) {
        String row = "  %-10s %-24s %-36s %s%n";
        out.println();
        out.printf(row, "node", "URL", "health", "log");
        for (Node node : nodes.nodes()) {
            out.printf(row, node.name(), node.url(), node.url().resolve("/health/ready"), node.log());
        }
        out.println();
        out.println("Admin token: " + nodes.adminTokenFile());
        out.println("The farm is at " + front.url() + "/" + (options.smoke() ? "" : "  (Ctrl-C stops it)"));
        out.println();
        out.flush();
    }

    /** A node that ends by itself is worth a line; the others go on, that is the point of a farm. */
    private void awaitTheEnd() throws InterruptedException {
        for (Node node : requireStarted(farm).nodes()) {
            var unused = node.exit().thenAccept(code -> {
                if (!stopping) {
                    out.println("Node " + node.name() + " has ended with exit code " + code + ", see " + node.log());
                }
            });
        }
        Thread.currentThread().join(); // for ever: the shutdown hook ends the process
    }

    /** Nodes first, since they wait until the balancer has seen that they leave; the balancer last. */
    @Override
    public synchronized void close() {
        stopping = true;
        if (closed) {
            return;
        }
        closed = true;
        if (farm != null) {
            farm.close();
        }
        if (balancer != null) {
            balancer.close();
        }
    }

    /** Deletes the logs, unless they are where the user wanted them. */
    synchronized void deleteLogs() {
        if (directory != null && options.data() == null) {
            DirectoryTree.delete(directory);
        }
    }

    private static <T> T requireStarted(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("not started");
        }
        return part;
    }
}
