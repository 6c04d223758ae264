package io.flotilla.benchmarks.members;

import io.flotilla.benchmarks.report.Bar.Verdict;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The suite {@code start} of the command line. Exit code 1 if a bar was missed. */
@Command(name = "start", description = "The start of members beside bare Hazelcast's.")
public final class StartCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "plain|secured",
            defaultValue = "secured",
            description = "how Flotilla's members protect themselves (secured)")
    private String mode = "";

    @Option(names = "--rounds", defaultValue = "20", description = "of both in turn (20)")
    private int rounds;

    @SuppressWarnings("unused") // there for picocli
    @Option(names = "--help", usageHelp = true, description = "says this")
    private boolean help;

    @Override
    public Integer call() throws IOException {
        List<Verdict> verdicts = StartBenchmark.run(Mode.valueOf(mode.toUpperCase(Locale.ROOT)), rounds);
        verdicts.forEach(each -> System.out.println(each.line()));
        return verdicts.stream().anyMatch(Verdict::failed) ? 1 : 0;
    }
}
