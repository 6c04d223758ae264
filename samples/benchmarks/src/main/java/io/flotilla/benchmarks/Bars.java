package io.flotilla.benchmarks;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A short form of every suite, for the lines {@code BAR}: 45 minutes at most on two processors. */
@Command(name = "bars", description = "A short form of every suite: 45 minutes at most on two processors.")
final class Bars implements Callable<Integer> {
    private static final List<List<String>> SUITES = List.of(
            List.of("sessions", "--workloads", "80-20", "--rounds", "5", "--seconds", "4", "--warm-up", "12"),
            List.of("start", "plain", "--rounds", "10"),
            List.of("start", "secured", "--rounds", "10"));

    @SuppressWarnings("unused") // there for picocli
    @Option(names = "--help", usageHelp = true, description = "says this")
    private boolean help;

    @Override
    public Integer call() {
        int worst = 0;
        for (List<String> each : SUITES) {
            worst = Math.max(worst, Benchmarks.commandLine().execute(each.toArray(String[]::new)));
        }
        return worst;
    }
}
