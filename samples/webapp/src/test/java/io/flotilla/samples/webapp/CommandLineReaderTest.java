package io.flotilla.samples.webapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CommandLineReaderTest {
    @Test
    void everyOptionHasItsDefault() {
        Options options = reader(Map.of()).read();

        assertThat(options.name()).isNotBlank();
        assertThat(options.httpPort()).isEqualTo(8081);
        assertThat(options.bind()).isEqualTo("127.0.0.1");
        assertThat(options.memberPort()).isEqualTo(5701);
        assertThat(options.members()).isEmpty();
        assertThat(options.adminTokenFile()).isNull();
        assertThat(options.sessionTimeout()).isEqualTo(Duration.ofMinutes(30));
    }

    @Test
    void readsOptions() {
        Options options = reader(Map.of())
                .read(
                        "--name=n1",
                        "--http-port",
                        "18081",
                        "--bind=localhost",
                        "--member-port=15701",
                        "--members=127.0.0.1:5702,127.0.0.1:5703",
                        "--admin-token-file=/some/file",
                        "--session-timeout=90s");

        assertThat(options.name()).isEqualTo("n1");
        assertThat(options.url()).isEqualTo("http://localhost:18081");
        assertThat(options.memberPort()).isEqualTo(15701);
        assertThat(options.members()).containsExactly("127.0.0.1:5702", "127.0.0.1:5703");
        assertThat(options.adminTokenFile()).isEqualTo(Path.of("/some/file"));
        assertThat(options.sessionTimeout()).isEqualTo(Duration.ofSeconds(90));
    }

    @Test
    void readsTheEnvironmentWhereNoOptionIsGiven() {
        Map<String, String> environment = Map.of(
                "FLOTILLA_NAME", "from-environment",
                "FLOTILLA_HTTP_PORT", "18082",
                "FLOTILLA_MEMBERS", "127.0.0.1:5702,127.0.0.1:5703",
                "FLOTILLA_SESSION_TIMEOUT", "2h");

        Options options = reader(environment).read("--name=from-option");

        assertThat(options.name()).isEqualTo("from-option");
        assertThat(options.httpPort()).isEqualTo(18082);
        assertThat(options.members()).containsExactly("127.0.0.1:5702", "127.0.0.1:5703");
        assertThat(options.sessionTimeout()).isEqualTo(Duration.ofHours(2));
    }

    @Test
    void anEmptyVariableCountsAsNone() {
        assertThat(reader(Map.of("FLOTILLA_STORAGE", "", "FLOTILLA_MEMBERS", " "))
                        .read()
                        .members())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --http-port=abc       | Invalid value for option '--http-port': must be a port from 1 to 65535, was 'abc'
            --http-port=0         | Invalid value for option '--http-port': must be a port from 1 to 65535, was '0'
            --member-port=65536   | Invalid value for option '--member-port': must be a port from 1 to 65535, was '65536'
            --bind=0.0.0.0        | Invalid value for option '--bind': must be one address of this host such as 127.0.0.1, was '0.0.0.0'
            --bind=192.0.2.1      | Invalid value for option '--bind': must be a loopback address such as 127.0.0.1 as long as there is no --secret-file, was '192.0.2.1'
            --session-timeout=5   | Invalid value for option '--session-timeout': must be a whole number followed by s, m or h, such as 90s, 30m or 2h, was '5'
            --nonsense=1          | Unknown option: '--nonsense=1'; allowed are --name, --http-port, --bind, --member-port, --members, --secret-file, --admin-token-file, --trusted-proxies, --session-timeout, --storage, --storage-dir, --help
            --name                | Missing required parameter for option '--name' (NAME)
            --agent-port=9400     | --agent-port 9400: the agent-check listener does not exist yet
            --trusted-proxies=lb   | Invalid value for option '--trusted-proxies': forwarded.trust must be an address or a network such as 10.0.0.7, 10.1.0.0/16 or fd00::/8, was lb
            --storage=mirror      | --storage mirror: mirrored storage does not exist yet
            --storage=nfs         | Invalid value for option '--storage': must be shared or mirror, was 'nfs'
            --storage-dir=x       | --storage-dir x: needs --storage shared; mirrored storage does not exist yet
            --repair-after=10m    | --repair-after 10m: mirrored storage does not exist yet
            --static-url=x        | --static-url x: the offload to a static server does not exist yet
            """)
    void refusesInOneLine(String option, String line) {
        assertThatThrownBy(() -> reader(Map.of()).read(option))
                .isInstanceOfSatisfying(
                        StartFailure.class,
                        failure -> assertThat(failure.exitCode()).isEqualTo(2))
                .hasMessage(line);
    }

    @Test
    void refusesComingOptionsOfTheEnvironmentToo() {
        assertThatThrownBy(() -> reader(Map.of("FLOTILLA_STORAGE_DIR", "/x")).read())
                .hasMessage("--storage-dir /x: needs --storage shared; mirrored storage does not exist yet");
    }

    @Test
    void refusesBadValuesOfTheEnvironmentToo() {
        assertThatThrownBy(() -> reader(Map.of("FLOTILLA_HTTP_PORT", "http")).read())
                .hasMessage("Invalid value for option '--http-port': must be a port from 1 to 65535, was 'http'");
    }

    private static CommandLineReader reader(Map<String, String> environment) {
        return new CommandLineReader(environment);
    }
}
