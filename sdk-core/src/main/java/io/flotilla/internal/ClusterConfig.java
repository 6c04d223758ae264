package io.flotilla.internal;

import io.flotilla.SplitPolicy;
import io.flotilla.internal.discovery.Search;
import io.flotilla.internal.security.SecurityConfig;
import io.flotilla.spi.Check;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.regex.Pattern;

/** The settings of a member; all validation is here. */
public record ClusterConfig(
        String name,
        String node,
        String bindHost,
        int bindPort,
        Search discovery,
        SecurityConfig security,
        Duration callTimeout,
        Duration shutdownTimeout,
        int initialMembers,
        SplitPolicy splitPolicy) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    public ClusterConfig {
        Check.that(NAME.matcher(name).matches(), "cluster.name must be 1 to 64 of A-Z a-z 0-9 . _ -, was '%s'", name);
        Check.that(NAME.matcher(node).matches(), "cluster.node must be 1 to 64 of A-Z a-z 0-9 . _ -, was '%s'", node);
        Check.that(
                bindPort >= 0 && bindPort <= 65_535, "cluster.bind must have a port from 0 to 65535, was %d", bindPort);
        bindHost = address(bindHost, security.secrets() != null);
        Check.between("cluster.callTimeout", callTimeout, Duration.ofMillis(100), Duration.ofSeconds(60));
        Check.between("cluster.shutdownTimeout", shutdownTimeout, Duration.ofSeconds(1), Duration.ofMinutes(10));
        Check.that(
                initialMembers >= 1 && initialMembers <= 100,
                "cluster.initialMembers must be between 1 and 100, was %d",
                initialMembers);
    }

    /** An unprotected member gives its JVM to whoever reaches its port, so it may listen on loopback only. */
    private static String address(String host, boolean secured) {
        Check.that(!host.isBlank(), "cluster.bind must name an address of this host, was '%s'", host);
        InetAddress address;
        try {
            address = InetAddress.getByName(host);
        } catch (UnknownHostException unknown) {
            throw new IllegalArgumentException(
                    "cluster.bind must name an address of this host, was '" + host + "', which does not resolve",
                    unknown);
        }
        Check.that(
                !address.isAnyLocalAddress(),
                "cluster.bind must name the one address under which the other members reach this one, was '%s'",
                host);
        Check.that(
                secured || address.isLoopbackAddress(),
                "cluster.bind must be a loopback address such as 127.0.0.1 as long as members do not authenticate each"
                        + " other, was '%s'; give all members the same secret with ClusterBuilder.security",
                host);
        return address.getHostAddress();
    }

    /** The part of the shutdown timeout that requests in flight and modules have. */
    Duration workTime() {
        return shutdownTimeout.multipliedBy(2).dividedBy(3);
    }

    /** The part kept for moving data to the other members, however long requests take; whole seconds, as Hazelcast's. */
    Duration departureTime() {
        return Duration.ofSeconds(Math.max(1, shutdownTimeout.toSeconds() / 3));
    }

    /** Name of the Hazelcast instance: unique in the JVM, and the prefix of its threads. */
    String instanceName() {
        return name + "-" + node;
    }
}
