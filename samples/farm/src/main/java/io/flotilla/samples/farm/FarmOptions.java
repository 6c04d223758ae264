package io.flotilla.samples.farm;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The options of the launcher; the initial values are the defaults. */
@Command(
        name = "farm.sh",
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = "Starts a farm on this machine: nodes, and a balancer in front of them. Ctrl-C stops it.")
final class FarmOptions {
    private static final int MAX_NODES = 20;

    @Option(names = "--nodes", paramLabel = "N", description = "how many nodes (default: ${DEFAULT-VALUE})")
    private int nodes = 3;

    @Option(
            names = "--balancer",
            paramLabel = "NAME",
            description = "builtin, haproxy; later nginx, squid, varnish, apache, lighttpd (default: builtin)")
    private String balancer = "builtin";

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "port of the balancer; the nodes take the next ones (default: ${DEFAULT-VALUE})")
    private int port = 8080;

    @Option(
            names = "--member-port",
            paramLabel = "PORT",
            description = "cluster port of the first node; the others take the next ones (default: ${DEFAULT-VALUE})")
    private int memberPort = 5701;

    @Option(names = "--storage", paramLabel = "KIND", hidden = true, description = "does not exist yet")
    private @Nullable String storage;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "where logs go (default: a directory under the temp directory, deleted at the end)")
    private @Nullable Path data;

    @Option(names = "--smoke", description = "tell the story from end to end, then stop; exit code 0 if all went well")
    private boolean smoke;

    @Option(names = "--help", usageHelp = true, description = "print this and exit")
    private boolean help;

    /**
     * Reads the options.
     *
     * @throws FarmFailure if one is unknown, malformed or not implemented yet
     */
    static FarmOptions parse(String... args) {
        FarmOptions options = new FarmOptions();
        try {
            new CommandLine(options).parseArgs(args);
        } catch (UnmatchedArgumentException unknown) {
            throw FarmFailure.badOption(firstLine(unknown) + "; --help lists what is allowed");
        } catch (ParameterException bad) {
            throw FarmFailure.badOption(firstLine(bad));
        }
        options.check();
        return options;
    }

    static String usage() {
        return new CommandLine(new FarmOptions()).getUsageMessage();
    }

    private void check() {
        between("--nodes", nodes, 1, MAX_NODES);
        between("--port", port, 1, 65_535 - nodes);
        between("--member-port", memberPort, 1, 65_536 - nodes);
        BalancerKind.parse(balancer);
        if (storage != null) {
            throw FarmFailure.badOption("--storage " + storage + ": this part does not exist yet");
        }
    }

    private static void between(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw FarmFailure.badOption(
                    option + " must be a number from " + least + " to " + most + ", was '" + value + "'");
        }
    }

    private static String firstLine(ParameterException failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("bad option");
    }

    int nodes() {
        return nodes;
    }

    BalancerKind balancer() {
        return BalancerKind.parse(balancer);
    }

    int port() {
        return port;
    }

    int memberPort() {
        return memberPort;
    }

    @Nullable
    Path data() {
        return data;
    }

    boolean smoke() {
        return smoke;
    }

    boolean help() {
        return help;
    }
}
