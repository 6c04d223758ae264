package io.flotilla.benchmarks.sessions;

import io.flotilla.benchmarks.sessions.SessionsOptions.Part;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The suite {@code sessions} of the command line. Exit code 1 if a bar was missed. */
@Command(
        name = "sessions",
        sortOptions = false,
        description = "HttpSession beside its peers: throughput, messages, memory, and races.")
public final class SessionsCommand implements Callable<Integer> {

    @Mixin
    private SessionsOptions options = new SessionsOptions();

    @SuppressWarnings("unused") // there for picocli
    @Option(names = "--help", usageHelp = true, description = "says this")
    private boolean help;

    /** The command, which knows how its options are written. */
    public static CommandLine commandLine() {
        return new CommandLine(new SessionsCommand())
                .registerConverter(Part.class, oneOf(Part.values(), Part::toString))
                .registerConverter(SystemUnderTest.class, oneOf(SystemUnderTest.values(), SystemUnderTest::toString))
                .registerConverter(Workload.class, oneOf(Workload.values(), Workload::toString));
    }

    private static <T> ITypeConverter<T> oneOf(T[] values, Function<T, String> name) {
        Map<String, T> byName = Stream.of(values).collect(Collectors.toMap(name, Function.identity()));
        return text -> {
            T value = byName.get(text);
            if (value == null) {
                throw new TypeConversionException("must be one of "
                        + Stream.of(values).map(name).collect(Collectors.joining(", ")) + ", was '" + text + "'");
            }
            return value;
        };
    }

    @Override
    public Integer call() throws IOException {
        Report report = new Report();
        report.line(
                "Sessions; JDK %s, %d processors, load average %.1f",
                Runtime.version(),
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        options.missing().forEach(each -> report.line("SKIP %s", each));
        for (Part each : options.parts()) {
            switch (each) {
                case THROUGHPUT -> new ThroughputSuite(options, report).run();
                case MESSAGES -> new MessageSuite(options, report).run();
                case MEMORY -> new MemorySuite(options, report).run();
                case RACES -> new RaceSuite(options, report).run();
            }
        }
        return report.hasFailed() ? 1 : 0;
    }
}
