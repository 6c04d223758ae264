package io.flotilla.samples.farm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher as people use it. */
@Tag("process")
final class FarmLauncherIT {

    @Test
    void leavesNothingWhenItIsToldToStop(@TempDir Path data) throws Exception {
        Run run = new Run(data);
        try {
            run.awaitFront();
            List<ProcessHandle> nodes = run.children();
            assertThat(nodes).hasSize(2);

            run.process.toHandle().destroy();

            assertThat(run.process.onExit().get(60, TimeUnit.SECONDS).exitValue())
                    .as(run.output())
                    .isZero();
            assertThat(nodes).noneMatch(ProcessHandle::isAlive);
            assertThat(run.ports()).allMatch(Ports::isFree);
            assertThat(data.resolve("admin.token")).doesNotExist();
            assertThat(data.resolve("tmp")).doesNotExist();
            assertThat(run.output()).contains("node", "health", "log", "n1.log", "n2.log");
        } finally {
            run.process.destroyForcibly();
        }
    }

    @Test
    void itsNodesGoWithItEvenIfItIsKilled(@TempDir Path data) throws Exception {
        Run run = new Run(data);
        List<ProcessHandle> nodes = new ArrayList<>();
        try {
            run.awaitFront();
            nodes.addAll(run.children());

            run.process.destroyForcibly();

            await().atMost(TestFarm.PATIENCE).until(() -> nodes.stream().noneMatch(ProcessHandle::isAlive));
            await().atMost(TestFarm.PATIENCE).until(() -> run.ports().stream().allMatch(Ports::isFree));
        } finally {
            run.process.destroyForcibly();
            nodes.forEach(ProcessHandle::destroyForcibly);
        }
    }

    @Test
    void aPortInUseIsOneLine() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Program farm = Program.farm("--port=" + taken.getLocalPort());

            assertThat(farm.exitCode()).isEqualTo(1);
            assertThat(farm.err().lines())
                    .singleElement()
                    .asString()
                    .isEqualTo("port " + taken.getLocalPort() + " is in use");
        }
    }

    @Test
    void aNodeThatCannotStartEndsTheFarm(@TempDir Path data) throws Exception {
        Run run = new Run(data, "FLOTILLA_SESSION_TIMEOUT", "0s");
        try {
            assertThat(run.process.onExit().get(60, TimeUnit.SECONDS).exitValue())
                    .isEqualTo(1);
            assertThat(run.output()).contains("ended at its start", "--session-timeout");
            assertThat(run.ports()).allMatch(Ports::isFree);
        } finally {
            run.process.destroyForcibly();
        }
    }

    /** A launcher with two nodes on free ports. */
    private static final class Run {
        private final int port;
        private final int memberPort;
        private final Path log;
        private final Process process;

        Run(Path data, String... variable) throws Exception {
            // The launcher takes ports in a row.
            port = firstOfFree(3);
            memberPort = firstOfFree(2);
            log = data.resolve("launcher.log");
            ProcessBuilder builder = new ProcessBuilder(Program.java(
                            Program.farmJar(),
                            "--nodes=2",
                            "--port=" + port,
                            "--member-port=" + memberPort,
                            "--data=" + data))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            if (variable.length == 2) {
                builder.environment().put(variable[0], variable[1]);
            }
            process = builder.start();
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

        List<Integer> ports() {
            List<Integer> all = new ArrayList<>(row(port, 3));
            all.addAll(row(memberPort, 2));
            return all;
        }

        List<ProcessHandle> children() {
            return process.descendants().toList();
        }

        void awaitFront() {
            URI front = URI.create("http://127.0.0.1:" + port + "/api/session");
            await().atMost(TestFarm.PATIENCE).until(() -> Visitor.status("GET", front) == 200);
            await().atMost(TestFarm.PATIENCE).until(() -> output().contains("The farm is at"));
        }

        String output() throws Exception {
            return Files.readString(log);
        }
    }
}
