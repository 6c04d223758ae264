package io.flotilla.samples.farm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A farm on ports of its own, in a directory of its own; closing it checks that nothing is left. */
final class TestFarm implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path directory;
    private final List<Integer> ports;
    private final Farm farm;
    private final List<Long> pids = new ArrayList<>();

    private TestFarm(Path directory, int nodes) {
        this.directory = directory;
        this.ports = Ports.find(2 * nodes);
        this.farm = new Farm(directory, ports.subList(0, nodes), ports.subList(nodes, 2 * nodes));
    }

    /** Starts all nodes in the same moment and waits until they are one cluster. */
    static TestFarm start(int nodes) {
        TestFarm started = prepare(nodes);
        started.farm.start();
        started.farm.awaitReady();
        started.awaitOneCluster();
        return started;
    }

    /** Starts nothing. */
    static TestFarm prepare(int nodes) {
        try {
            return new TestFarm(Files.createTempDirectory("flotilla-test-"), nodes);
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    Farm farm() {
        return farm;
    }

    Path directory() {
        return directory;
    }

    int size() {
        return farm.settings().size();
    }

    Node node(int index) {
        return farm.node(index);
    }

    URI url(int index) {
        return farm.node(index).url();
    }

    /**
     * Waits until every node sees every other as ready. Asks for the table, not for readiness: a node takes whoever asks
     * for that again and again for a balancer, and waits for its next question when it is to leave.
     */
    private void awaitOneCluster() {
        for (Node node : farm.nodes()) {
            pids.add(node.pid());
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(readyMembers(node)).isEqualTo(size()));
        }
    }

    Node restart(int index) {
        Node fresh = farm.restart(index);
        awaitOneCluster();
        return fresh;
    }

    static long readyMembers(Node node) throws IOException {
        List<String> states = new Visitor()
                .get(node.url(), "/api/node")
                .json()
                .path("members")
                .findValuesAsText("state");
        return states.stream().filter("UP"::equals).count();
    }

    /** Until so many names were written anew: the writers are through with what the past may have hung up. */
    static void awaitFreshWrites(Writes writes, int names) {
        Map<String, String> before = new HashMap<>(writes.acknowledged());
        await().atMost(PATIENCE)
                .until(() -> writes.acknowledged().entrySet().stream()
                                .filter(write -> !write.getValue().equals(before.get(write.getKey())))
                                .count()
                        >= names);
    }

    /** The lines of a node's log that hold a text. */
    static List<String> logLines(Node node, String text) {
        try {
            return Files.readAllLines(node.log()).stream()
                    .filter(line -> line.contains(text))
                    .toList();
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Whoever looks for the cause of a failure finds the nodes' logs in {@code target/farm-logs}. */
    private void keepLogs() {
        try {
            Path kept = Files.createDirectories(Path.of("target", "farm-logs").resolve(directory.getFileName()));
            for (Node node : farm.nodes()) {
                Files.move(node.log(), kept.resolve(node.log().getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
        DirectoryTree.delete(directory);
    }

    @Override
    public void close() {
        farm.close();
        for (Node node : farm.nodes()) {
            assertThat(node.alive()).as(node.name() + " is alive").isFalse();
        }
        for (long pid : pids) {
            assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive))
                    .as("process " + pid)
                    .isEmpty();
        }
        assertThat(ports).as("ports").allMatch(Ports::isFree);
        assertThat(directory.resolve("tmp")).doesNotExist();
        keepLogs();
    }
}
