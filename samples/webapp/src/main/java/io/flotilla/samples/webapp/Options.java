package io.flotilla.samples.webapp;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The options of a node, filled in by {@link CommandLineReader}; the initial values are the defaults. */
@Command(
        name = "webapp",
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = "One node of the sample farm. Every option may also be given by an environment variable:"
                + " --http-port as FLOTILLA_HTTP_PORT, and so on.")
final class Options {
    @Option(names = "--name", paramLabel = "NAME", description = "stable name of this node (default: the host's name)")
    private String name = hostName();

    @Option(
            names = "--http-port",
            paramLabel = "PORT",
            converter = PortConverter.class,
            description = "where the application and its health listen (default: ${DEFAULT-VALUE})")
    private int httpPort = 8081;

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            converter = BindConverter.class,
            description = "address of the HTTP and member ports (default: ${DEFAULT-VALUE})")
    private String bind = "127.0.0.1";

    @Option(
            names = "--member-port",
            paramLabel = "PORT",
            converter = PortConverter.class,
            description = "cluster port (default: ${DEFAULT-VALUE})")
    private int memberPort = 5701;

    @Option(
            names = "--members",
            paramLabel = "HOST:PORT",
            split = ",",
            description = "the other members, separated by commas (default: none, a cluster of one)")
    private List<String> members = List.of();

    @Option(
            names = "--secret-file",
            paramLabel = "FILE",
            description = "holds the secret by which the members know each other, the same on all of them: at least 32"
                    + " random characters (default: none, which confines members to loopback addresses)")
    private @Nullable Path secretFile;

    @Option(
            names = "--admin-token-file",
            paramLabel = "FILE",
            description = "holds the token for administrators (default: a file made at start, its path printed)")
    private @Nullable Path adminTokenFile;

    @Option(
            names = "--trusted-proxies",
            paramLabel = "NETWORK",
            split = ",",
            description =
                    "balancers whose Forwarded and X-Forwarded-* headers are believed: addresses or networks such as"
                            + " 10.0.0.0/8, separated by commas (default: none)")
    private List<String> trustedProxies = List.of();

    @Option(
            names = "--session-timeout",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "time after which an unused session ends, such as 90s, 30m or 2h (default: 30m)")
    private Duration sessionTimeout = Duration.ofMinutes(30);

    @Option(
            names = "--storage",
            paramLabel = "KIND",
            converter = StorageKind.Converter.class,
            description =
                    "where uploads are kept: shared, a folder that all nodes have in common (default: nowhere yet)")
    private @Nullable StorageKind storage;

    @Option(
            names = "--storage-dir",
            paramLabel = "DIRECTORY",
            description = "the folder of --storage shared, the same for all nodes; made if it is not there"
                    + " (default: flotilla-uploads in the temp directory)")
    private @Nullable Path storageDirectory;

    @Option(names = "--help", usageHelp = true, description = "print this and exit")
    private boolean help;

    String name() {
        return name;
    }

    int httpPort() {
        return httpPort;
    }

    String bind() {
        return bind;
    }

    /** Where browsers and balancers reach this node. */
    String url() {
        return "http://" + (bind.contains(":") ? "[" + bind + "]" : bind) + ":" + httpPort;
    }

    int memberPort() {
        return memberPort;
    }

    List<String> members() {
        return List.copyOf(members);
    }

    boolean bindsToLoopback() {
        try {
            return InetAddress.getByName(bind).isLoopbackAddress();
        } catch (UnknownHostException gone) { // it resolved when the option was read
            return false;
        }
    }

    @Nullable
    Path secretFile() {
        return secretFile;
    }

    List<String> trustedProxies() {
        return List.copyOf(trustedProxies);
    }

    @Nullable
    Path adminTokenFile() {
        return adminTokenFile;
    }

    Duration sessionTimeout() {
        return sessionTimeout;
    }

    /** Where uploads are kept; null for nowhere. */
    @Nullable
    StorageKind storage() {
        return storage;
    }

    /** As given; null for the default. */
    @Nullable
    Path storageDirectory() {
        return storageDirectory;
    }

    boolean help() {
        return help;
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "localhost";
        }
    }
}
