package io.flotilla.samples.farm;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher as people use it. */
@Tag("process")
final class FarmLauncherIT {

    @Test
    void leavesNothingWhenItIsToldToStop(@TempDir Path data) throws Exception {
        LauncherRun run = new LauncherRun(data);
        try {
            run.awaitFront();
            List<ProcessHandle> nodes = run.children();
            assertThat(nodes).hasSize(2);

            run.process().toHandle().destroy();

            assertThat(run.process().onExit().get(60, TimeUnit.SECONDS).exitValue())
                    .as(run.output())
                    .isZero();
            assertThat(nodes).noneMatch(ProcessHandle::isAlive);
            assertThat(run.ports()).allMatch(Ports::isFree);
            assertThat(data.resolve("admin.token")).doesNotExist();
            assertThat(data.resolve("cluster.secret")).doesNotExist();
            assertThat(data.resolve("tmp")).doesNotExist();
            assertThat(run.output()).contains("node", "health", "log", "n1.log", "n2.log");
        } finally {
            run.process().destroyForcibly();
        }
    }

    @Test
    void itsNodesGoWithItEvenIfItIsKilled(@TempDir Path data) throws Exception {
        new LauncherRun(data).leavesNothingWhenKilled();
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
        LauncherRun run = new LauncherRun(data, Map.of("FLOTILLA_SESSION_TIMEOUT", "0s"));
        try {
            assertThat(run.process().onExit().get(60, TimeUnit.SECONDS).exitValue())
                    .isEqualTo(1);
            assertThat(run.output()).contains("ended at its start", "--session-timeout");
            assertThat(run.ports()).allMatch(Ports::isFree);
        } finally {
            run.process().destroyForcibly();
        }
    }
}
