package io.flotilla.samples.farm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FarmOptionsTest {
    @Test
    void everyOptionHasItsDefault() {
        FarmOptions options = FarmOptions.parse();

        assertThat(options.nodes()).isEqualTo(3);
        assertThat(options.balancer()).isEqualTo(BalancerKind.BUILTIN);
        assertThat(options.port()).isEqualTo(8080);
        assertThat(options.memberPort()).isEqualTo(5701);
        assertThat(options.data()).isNull();
        assertThat(options.smoke()).isFalse();
    }

    @Test
    void readsOptions() {
        FarmOptions options =
                FarmOptions.parse("--nodes", "2", "--balancer=haproxy", "--port=9000", "--data=/some/where", "--smoke");

        assertThat(options.nodes()).isEqualTo(2);
        assertThat(options.balancer()).isEqualTo(BalancerKind.HAPROXY);
        assertThat(options.port()).isEqualTo(9000);
        assertThat(options.data()).isEqualTo(Path.of("/some/where"));
        assertThat(options.smoke()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --nodes=0          | --nodes must be a number from 1 to 20, was '0'
            --nodes=many       | Invalid value for option '--nodes': 'many' is not an int
            --port=0           | --port must be a number from 1 to 65532, was '0'
            --balancer=pound   | --balancer must be one of builtin, haproxy, nginx, squid, varnish, apache, lighttpd, was 'pound'
            --balancer=nginx   | --balancer nginx: this part does not exist yet
            --storage=mirror   | --storage mirror: this part does not exist yet
            --nonsense         | Unknown option: '--nonsense'; --help lists what is allowed
            """)
    void refusesInOneLine(String option, String line) {
        assertThatThrownBy(() -> FarmOptions.parse(option))
                .isInstanceOfSatisfying(
                        FarmFailure.class,
                        failure -> assertThat(failure.exitCode()).isEqualTo(2))
                .hasMessage(line);
    }
}
