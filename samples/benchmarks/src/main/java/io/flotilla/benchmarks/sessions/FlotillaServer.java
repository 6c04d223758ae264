package io.flotilla.benchmarks.sessions;

import io.flotilla.Cluster;
import io.flotilla.ClusterBuilder;
import io.flotilla.Discovery;
import io.flotilla.Security;
import io.flotilla.benchmarks.node.Server;
import io.flotilla.benchmarks.node.ServerOptions;
import io.flotilla.benchmarks.node.SessionSystem;
import io.flotilla.sessions.Sessions;
import io.flotilla.sessions.SessionsBuilder;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.ServletContext;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Flotilla in the benchmarks' server, with its defaults unless the benchmark says otherwise. */
final class FlotillaServer implements SessionSystem {
    private static final String OPERATIONS = "flotilla.sessions.operations";
    private static final int SECRET = 32;

    private @Nullable Cluster cluster;
    private @Nullable MeterRegistry meters;

    public static void main(String[] arguments) throws Exception {
        Server.main(new FlotillaServer(), arguments);
    }

    @Override
    public void start(ServerOptions options) {
        ClusterBuilder builder = member(options).install(Sessions.module(each -> configure(each, options)));
        if (options.is("meters")) {
            meters = new SimpleMeterRegistry();
            builder.meterRegistry(meters);
        }
        cluster = builder.start();
    }

    /** A member with no module. */
    static ClusterBuilder member(ServerOptions options) {
        String[] own = options.member().split(":", 2);
        ClusterBuilder builder = Cluster.builder("benchmark")
                .node(options.node())
                .bind(own[0], Integer.parseInt(own[1]))
                .discovery(Discovery.members(
                        options.others().isEmpty()
                                ? new String[] {options.member()}
                                : options.others().toArray(String[]::new)));
        if (options.is("secured")) {
            builder.security(Security.secret(secret()));
        }
        return builder;
    }

    private static void configure(SessionsBuilder sessions, ServerOptions options) {
        if (!options.is("localCopies")) {
            sessions.localCopies(0);
        }
    }

    private static byte[] secret() {
        byte[] secret = new byte[SECRET];
        for (int i = 0; i < secret.length; i++) {
            secret[i] = (byte) (i * 37); // all servers must have it, and it guards nothing
        }
        return secret;
    }

    @Override
    public void register(ServletContext context) {
        Cluster started = cluster;
        if (started == null) {
            throw new IllegalStateException("the member has not been started");
        }
        started.get(Sessions.class).register(context);
    }

    @Override
    public Map<String, Long> operations() {
        Map<String, Long> operations = new TreeMap<>();
        MeterRegistry counted = meters;
        if (counted != null) {
            for (Timer each : counted.find(OPERATIONS).timers()) {
                operations.merge(String.valueOf(each.getId().getTag("op")), each.count(), Long::sum);
            }
        }
        return operations;
    }
}
