package io.flotilla.internal;

import com.hazelcast.config.Config;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.internal.nio.Connection;
import io.flotilla.Standing;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The collaborators that a user or a test may hand in, as opposed to the settings in {@link ClusterConfig}. */
public record Environment(
        MeterRegistry meterRegistry,
        InstantSource clock,
        LongSupplier ticker,
        @Nullable ScheduledExecutorService scheduler,
        Consumer<Config> customizer,
        Consumer<Standing> standingListener,
        @Nullable Function<Config, HazelcastInstance> memberFactory,
        Predicate<Connection> closedByPeer,
        LongSupplier pulse) {

    /** This host's name as a node's name, or {@code localhost} where it has none. */
    public static String hostName() {
        try {
            return nodeName(InetAddress.getLocalHost().getHostName());
        } catch (UnknownHostException nameless) {
            return "localhost";
        }
    }

    /** A default must be a legal value, whatever the host is called. */
    static String nodeName(String host) {
        String legal = host.replaceAll("[^A-Za-z0-9._-]", "-");
        return legal.isEmpty() ? "localhost" : legal.substring(0, Math.min(legal.length(), 64));
    }
}
