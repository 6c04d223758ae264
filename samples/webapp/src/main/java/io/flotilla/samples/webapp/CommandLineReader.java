package io.flotilla.samples.webapp;

import io.flotilla.health.ForwardedRequests;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reads the command line and, for what it leaves open, the environment. */
final class CommandLineReader {
    /** Options of later parts: known, so that whoever gives one learns why it cannot work, and refused. */
    private static final Map<String, ComingPart> COMING = Map.of(
            "--agent-port", ComingPart.AGENT,
            "--repair-after", ComingPart.MIRROR,
            "--static-url", ComingPart.STATIC);

    private final Map<String, String> environment;

    CommandLineReader(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /**
     * Returns the options.
     *
     * @throws StartFailure if one is unknown, malformed or not implemented yet
     */
    Options read(String... args) {
        Options options = new Options();
        CommandLine commandLine = commandLine(options);
        try {
            commandLine.parseArgs(args);
        } catch (UnmatchedArgumentException unknown) {
            throw StartFailure.badOption(firstLine(unknown) + "; allowed are " + String.join(", ", names(commandLine)));
        } catch (ParameterException bad) {
            throw StartFailure.badOption(firstLine(bad));
        }
        refuseComingParts(commandLine);
        refuseMirror(options);
        refuseExposure(options);
        refuseUnknownProxies(options);
        return options;
    }

    String usage() {
        return commandLine(new Options()).getUsageMessage();
    }

    private CommandLine commandLine(Options options) {
        CommandLine commandLine = new CommandLine(options);
        for (String name : COMING.keySet()) {
            commandLine
                    .getCommandSpec()
                    .addOption(OptionSpec.builder(name)
                            .type(String.class)
                            .hidden(true)
                            .build());
        }
        commandLine.setDefaultValueProvider(
                argument -> argument instanceof OptionSpec option ? fromEnvironment(option.longestName()) : null);
        return commandLine;
    }

    private static void refuseComingParts(CommandLine commandLine) {
        for (OptionSpec option : commandLine.getCommandSpec().options()) {
            ComingPart part = COMING.get(option.longestName());
            if (part != null && option.getValue() != null) {
                throw StartFailure.badOption(
                        option.longestName() + " " + option.getValue() + ": " + part.doesNotExistYet());
            }
        }
    }

    private static void refuseMirror(Options options) {
        if (options.storage() == StorageKind.MIRROR) {
            throw StartFailure.badOption("--storage mirror: " + ComingPart.MIRROR.doesNotExistYet());
        }
        if (options.storage() == null && options.storageDirectory() != null) {
            throw StartFailure.badOption("--storage-dir " + options.storageDirectory() + ": needs --storage shared; "
                    + ComingPart.MIRROR.doesNotExistYet());
        }
    }

    /** The cluster would refuse it too, but only after HTTP has taken its port. */
    private static void refuseExposure(Options options) {
        if (options.secretFile() == null && !options.bindsToLoopback()) {
            throw StartFailure.badOption(
                    "Invalid value for option '--bind': must be a loopback address such as 127.0.0.1"
                            + " as long as there is no --secret-file, was '" + options.bind() + "'");
        }
    }

    /** The web application would refuse them too, but only when the node has joined. */
    private static void refuseUnknownProxies(Options options) {
        try {
            if (!options.trustedProxies().isEmpty()) {
                var unused = ForwardedRequests.filter(
                        forwarded -> forwarded.trust(options.trustedProxies().toArray(String[]::new)));
            }
        } catch (IllegalArgumentException refused) {
            throw RefusedSetting.of(refused);
        }
    }

    /** An empty variable counts as none: that is how launchers and unit files clear one. */
    private @Nullable String fromEnvironment(String option) {
        String variable = "FLOTILLA_" + option.substring(2).replace('-', '_').toUpperCase(Locale.ROOT);
        String value = environment.get(variable);
        return value == null || value.isBlank() || option.equals("--help") ? null : value;
    }

    private static List<String> names(CommandLine commandLine) {
        return commandLine.getCommandSpec().options().stream()
                .filter(option -> !option.hidden())
                .map(OptionSpec::longestName)
                .toList();
    }

    private static String firstLine(ParameterException failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("bad option");
    }
}
