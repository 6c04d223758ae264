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
import java.util.stream.IntStream;

/** A farm on ports of its own, in a directory of its own; closing it checks that nothing is left. */
final class TestFarm implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path directory;
    private final List<Place> places;
    private final Farm farm;
    private final List<Long> pids = new ArrayList<>();

    private TestFarm(Path directory, List<Place> places) {
        this.directory = directory;
        this.places = places;
        this.farm = new Farm(directory, places);
    }

    /** Starts all nodes in the same moment and waits until they are one cluster. */
    static TestFarm start(int nodes) {
        return start(here(nodes));
    }

    private static List<Place> here(int nodes) {
        List<Integer> ports = Ports.find(2 * nodes);
        return IntStream.range(0, nodes)
                .mapToObj(i -> Place.here(ports.get(i), ports.get(nodes + i)))
                .toList();
    }

    /** Starts a node in each place. If they do not become one cluster nothing is left but their logs. */
    static TestFarm start(List<Place> places) {
        TestFarm started = prepare(places);
        try {
            started.farm.start();
            started.farm.awaitReady();
            started.awaitOneCluster();
            return started;
        } catch (RuntimeException | Error failure) {
            started.closeAfter(failure);
            throw failure;
        }
    }

    private void closeAfter(Throwable failure) {
        try {
            close();
        } catch (RuntimeException | Error second) {
            failure.addSuppressed(second);
        }
    }

    /** Starts nothing. */
    static TestFarm prepare(int nodes) {
        return prepare(here(nodes));
    }

    private static TestFarm prepare(List<Place> places) {
        try {
            return new TestFarm(Files.createTempDirectory("flotilla-test-"), places);
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
    void awaitOneCluster() {
        for (Node node : farm.nodes()) {
            pids.add(node.pid());
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(readyMembers(node)).isEqualTo(size()));
        }
    }

    /** Waits until a majority of the present nodes counts, which it does after 15 quiet seconds. */
    void awaitSettled() {
        await().atMost(TestFarm.PATIENCE).pollDelay(Duration.ofSeconds(17)).until(() -> true);
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

    /** Ends the writers: what they were told is safe, in a visitor's session, is there on each node that is alive. */
    void assertNothingLost(Writes writes, Visitor visitor) throws IOException {
        writes.end();
        for (Node node : farm.nodes()) {
            if (node.alive()) {
                Answer session = visitor.get(node.url(), "/api/session");
                assertThat(session.status()).as(session.toString()).isEqualTo(200);
                assertThat(writes.lostIn(session)).as("lost on " + node.name()).isEmpty();
            }
        }
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
        assertThat(places)
                .as("ports")
                .filteredOn(each -> each.host().equals("127.0.0.1"))
                .allMatch(each -> Ports.isFree(each.httpPort()) && Ports.isFree(each.memberPort()));
        assertThat(directory.resolve("tmp")).doesNotExist();
        keepLogs();
    }
}
