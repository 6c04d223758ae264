package io.flotilla.samples.farm;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the real process says and how it exits when it cannot start. */
@Tag("process")
final class NodeOptionsIT {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --http-port=abc        | --http-port       | 'abc'
            --bind=0.0.0.0         | --bind            | '0.0.0.0'
            --session-timeout=soon | --session-timeout | 'soon'
            --session-timeout=0s   | --session-timeout | 0
            --members=nowhere      | --members         | nowhere
            --name=a/b             | --name            | 'a/b'
            --agent-port=9400      | --agent-port 9400 | does not exist yet
            --storage=mirror       | --storage mirror  | does not exist yet
            --nonsense             | '--nonsense'      | allowed
            """)
    void aBadOptionIsOneLineAndExitCode2(String option, String name, String more) throws Exception {
        List<Integer> ports = Ports.find(2);

        Program node = option.contains("-port")
                ? Program.webapp(option)
                : Program.webapp("--http-port=" + ports.get(0), "--member-port=" + ports.get(1), option);

        assertThat(node.exitCode()).as(node.toString()).isEqualTo(2);
        assertThat(node.err().lines()).singleElement().asString().contains(name, more);
        assertThat(node.out()).isEmpty();
    }

    @Test
    void anOptionOfTheEnvironmentThatDoesNotExistYetIsRefusedToo() throws Exception {
        Program node = Program.webapp(Map.of("FLOTILLA_STATIC_URL", "http://static"));

        assertThat(node.exitCode()).isEqualTo(2);
        assertThat(node.err().lines())
                .singleElement()
                .asString()
                .contains("--static-url http://static", "does not exist yet");
    }

    @Test
    void aSecretFileThatIsMissingOrTooShortIsOneLineAndExitCode2(@TempDir Path directory) throws Exception {
        Path weak = Files.writeString(directory.resolve("weak.secret"), "swordfish\n");
        List<Integer> ports = Ports.find(2);
        for (Path file : List.of(directory.resolve("none.secret"), weak)) {
            Program node = Program.webapp(
                    "--http-port=" + ports.get(0), "--member-port=" + ports.get(1), "--secret-file=" + file);

            assertThat(node.exitCode()).as(node.toString()).isEqualTo(2);
            assertThat(node.err().lines())
                    .singleElement()
                    .asString()
                    .contains("--secret-file", file.toString())
                    .doesNotContain("swordfish");
        }
    }

    @Test
    void anHttpPortInUseIsOneLineAndExitCode1() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();

            Program node = Program.webapp(
                    "--http-port=" + port, "--member-port=" + Ports.find(1).get(0));

            assertThat(node.exitCode()).as(node.toString()).isEqualTo(1);
            assertThat(node.err().lines()).singleElement().asString().contains(Integer.toString(port), "in use");
        }
    }

    @Test
    void aMemberPortInUseIsOneLineAndExitCode1() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();

            Program node = Program.webapp("--http-port=" + Ports.find(1).get(0), "--member-port=" + port);

            assertThat(node.exitCode()).as(node.toString()).isEqualTo(1);
            assertThat(node.err().lines()).singleElement().asString().contains(Integer.toString(port), "in use");
            assertThat(node.out()).doesNotContain("\tat ");
        }
    }

    @Test
    void aRefusedStartLeavesNoFile(@TempDir Path temp) throws Exception {
        Program node = Program.webapp(
                Map.of("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + temp),
                "--bind=127.0.0.1",
                "--session-timeout=0s",
                "--http-port=" + Ports.find(1).get(0));

        assertThat(node.exitCode()).as(node.toString()).isEqualTo(2);
        try (var files = Files.list(temp)) {
            assertThat(files.filter(file -> !file.getFileName().toString().startsWith("hsperfdata")))
                    .isEmpty();
        }
    }

    @Test
    void helpIsNotAnError() throws Exception {
        Program node = Program.webapp("--help");

        assertThat(node.exitCode()).isZero();
        assertThat(node.out()).contains("--http-port", "--session-timeout");
    }
}
