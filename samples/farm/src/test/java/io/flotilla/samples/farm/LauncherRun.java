package io.flotilla.samples.farm;

import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A launcher with two nodes on free ports. */
final class LauncherRun {
    private final int port = firstOfFree(3); // it takes ports in a row
    private final int memberPort = firstOfFree(2);
    private final Path log;
    private final Process process;

    LauncherRun(Path data, String... options) throws Exception {
        this(data, Map.of(), options);
    }

    LauncherRun(Path data, Map<String, String> environment, String... options) throws Exception {
        log = data.resolve("launcher.log");
        List<String> command = Program.java(
                Program.farmJar(), "--nodes=2", "--port=" + port, "--member-port=" + memberPort, "--data=" + data);
        command.addAll(List.of(options));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        process = builder.start();
    }

    Process process() {
        return process;
    }

    List<Integer> ports() {
        List<Integer> all = row(port, 3);
        all.addAll(row(memberPort, 2));
        return all;
    }

    /** What the launcher has started: nodes, and the balancer if that is a process. */
    List<ProcessHandle> children() {
        return process.descendants().toList();
    }

    String output() throws Exception {
        return Files.readString(log);
    }

    void awaitFront() {
        URI front = URI.create("http://127.0.0.1:" + port + "/api/session");
        await().atMost(TestFarm.PATIENCE).until(() -> Visitor.status("GET", front) == 200);
        await().atMost(TestFarm.PATIENCE).until(() -> output().contains("The farm is at"));
    }

    /** Kills the launcher once everything runs, and waits until what it started has ended by itself. */
    void leavesNothingWhenKilled() {
        List<ProcessHandle> children = new ArrayList<>();
        try {
            awaitFront();
            children.addAll(children());

            process.destroyForcibly();

            await().atMost(TestFarm.PATIENCE).until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
            await().atMost(TestFarm.PATIENCE).until(() -> ports().stream().allMatch(Ports::isFree));
        } finally {
            process.destroyForcibly();
            children.forEach(ProcessHandle::destroyForcibly);
        }
    }

    private static int firstOfFree(int count) {
        while (true) {
            int first = Ports.find(1).get(0);
            if (row(first, count).stream().allMatch(Ports::isFree)) {
                return first;
            }
        }
    }

    private static List<Integer> row(int first, int count) {
        List<Integer> row = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            row.add(first + i);
        }
        return row;
    }
}
