package io.flotilla.benchmarks.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class SessionsCommandTest {
    private final CommandLine commandLine = SessionsCommand.commandLine();

    @Test
    void namesAreWrittenAsInTheReports() {
        commandLine.parseArgs("--systems", "flotilla,spring-redis", "--workloads", "80-20", "--parts", "races");
        SessionsOptions options = (SessionsOptions)
                commandLine.getCommandSpec().mixins().values().iterator().next().userObject();

        assertThat(options.systems()).containsExactly(SystemUnderTest.FLOTILLA, SystemUnderTest.SPRING_REDIS);
        assertThat(options.workloads()).containsExactly(Workload.MIXED);
        assertThat(options.parts()).containsExactly(SessionsOptions.Part.RACES);
        assertThat(options.contents()).containsExactly(1024, 16 * 1024);
    }

    @Test
    void aNameThatIsNoneIsRefusedWithThoseThatAre() {
        assertThatThrownBy(() -> commandLine.parseArgs("--systems", "redis"))
                .hasMessageContaining(
                        "must be one of flotilla, flotilla-plain, spring-hazelcast, spring-redis, round-trips, container, was 'redis'");
    }
}
