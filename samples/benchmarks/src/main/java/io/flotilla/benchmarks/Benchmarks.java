package io.flotilla.benchmarks;

import io.flotilla.benchmarks.members.StartCommand;
import io.flotilla.benchmarks.sessions.SessionsCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The program {@code benchmarks.jar}: a suite for each thing that the design sets figures for. */
@Command(
        name = "benchmarks",
        synopsisSubcommandLabel = "<suite>",
        description = "Flotilla beside its peers. Prints a line BAR for each figure that the design sets.")
public final class Benchmarks {

    @SuppressWarnings("unused") // there for picocli
    @Option(names = "--help", usageHelp = true, description = "says this")
    private boolean help;

    private Benchmarks() {}

    /** Runs the suite that is named first. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Benchmarks())
                .addSubcommand(SessionsCommand.commandLine())
                .addSubcommand(new StartCommand())
                .addSubcommand(new Bars());
    }
}
