package io.flotilla.benchmarks.sessions;

import io.flotilla.benchmarks.node.ContainerServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is measured side by side. */
enum SystemUnderTest {
    /** As it is deployed: members prove themselves and encrypt. The bars count this one. */
    FLOTILLA(FlotillaServer.class.getName(), "secured=true"),
    /** Without security, as its peers are. */
    FLOTILLA_PLAIN(FlotillaServer.class.getName(), "secured=false"),
    SPRING_HAZELCAST(peer("spring-hazelcast"), ""),
    SPRING_REDIS(peer("spring-redis"), ""),
    /** The container's sessions and the bare calls of one that is not sticky: what no cluster can undercut. */
    ROUND_TRIPS(RoundTripServer.class.getName(), "secured=true"),
    /** The upper bound, which needs stickiness. */
    CONTAINER(ContainerServer.class.getName(), "");

    private final String program; // a jar, or a class of ours
    private final String argument;

    SystemUnderTest(String program, String argument) {
        this.program = program;
        this.argument = argument;
    }

    private static String ownClasses() {
        return System.getProperty("java.class.path");
    }

    /** Beside this module's own folder, wherever it was built. */
    private static String peer(String name) {
        Path jar = Path.of(ownClasses().split(":", 2)[0]).toAbsolutePath();
        return jar.resolveSibling("../peers/" + name + "/target/" + name + ".jar")
                .normalize()
                .toString();
    }

    /** What the JVM runs. */
    List<String> program() {
        return isJar() ? List.of("-jar", program) : List.of("-cp", ownClasses(), program);
    }

    private boolean isJar() {
        return program.endsWith(".jar");
    }

    /** What this system's servers are told besides; may be empty. */
    String argument() {
        return argument;
    }

    /** Whether requests of a session must stay with one server. */
    boolean isSticky() {
        return this == CONTAINER || this == ROUND_TRIPS;
    }

    /** Why it cannot be measured here, if it cannot. */
    Optional<String> missing() {
        if (this == SPRING_REDIS && !RedisServer.isInstalled()) {
            return Optional.of("needs redis-server of Debian's package redis-server");
        }
        boolean built = !isJar() || Files.exists(Path.of(program));
        return built ? Optional.empty() : Optional.of("needs " + program + ", made by mvn package");
    }

    /** As it is written on the command line and in reports. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
