package io.flotilla;

import static java.util.Objects.requireNonNull;

import com.hazelcast.config.Config;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.internal.nio.Connection;
import io.flotilla.internal.ClusterConfig;
import io.flotilla.internal.Connections;
import io.flotilla.internal.Environment;
import io.flotilla.internal.RunningCluster;
import io.flotilla.internal.SystemTime;
import io.flotilla.internal.discovery.Search;
import io.flotilla.internal.security.SecurityConfig;
import io.flotilla.spi.Check;
import io.flotilla.spi.ClusterModule;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Describes a member of a cluster and starts it. Every setting but the cluster's name has a default; setting something
 * twice is an error. Not thread-safe; {@link #start()} copies the settings.
 *
 * @since 0.1
 */
public final class ClusterBuilder {
    private final String name;
    private final List<ClusterModule<?>> modules = new ArrayList<>();
    private @Nullable String node;
    private @Nullable String bindHost;
    private @Nullable Integer bindPort;
    private @Nullable Discovery discovery;
    private @Nullable Security security;
    private @Nullable Duration callTimeout;
    private @Nullable Duration shutdownTimeout;
    private @Nullable MeterRegistry meterRegistry;
    private @Nullable InstantSource clock;
    private @Nullable LongSupplier ticker;
    private @Nullable ScheduledExecutorService scheduler;
    private @Nullable Consumer<Config> hazelcast;
    private @Nullable Integer initialMembers;
    private @Nullable SplitPolicy splitPolicy;
    private @Nullable Consumer<Standing> onStanding;
    private @Nullable Function<Config, HazelcastInstance> memberFactory;
    private Predicate<Connection> closedByPeer = Connections::closedByPeer;
    private LongSupplier pulse = SystemTime.TICKER;

    ClusterBuilder(String name) {
        this.name = requireNonNull(name, "name");
    }

    /**
     * Name of this member, for people: log lines, tables, metrics of other members. Should be unique and survive a
     * restart. Default: this host's name.
     *
     * @param node 1 to 64 letters, digits, {@code -}, {@code _} or {@code .}
     * @return this builder
     */
    public ClusterBuilder node(String node) {
        this.node = Check.once(this.node, requireNonNull(node, "node"), "cluster.node");
        return this;
    }

    /**
     * Address on which this member listens for the other members, and under which they reach it. Default: an ephemeral
     * port on {@code 127.0.0.1}. Without {@link #security} only loopback addresses are accepted: whoever reaches the port of
     * an unprotected member owns its JVM.
     *
     * @param host an address of this host, or a name that resolves to one; not a wildcard such as {@code 0.0.0.0}
     * @param port 1 to 65535, or 0 for an ephemeral port
     * @return this builder
     */
    public ClusterBuilder bind(String host, int port) {
        this.bindHost = Check.once(this.bindHost, requireNonNull(host, "host"), "cluster.bind");
        this.bindPort = port;
        return this;
    }

    /**
     * How the other members are found. Default: {@link Discovery#none()}, a cluster of one.
     *
     * @param discovery where to look
     * @return this builder
     */
    public ClusterBuilder discovery(Discovery discovery) {
        this.discovery = Check.once(this.discovery, requireNonNull(discovery, "discovery"), "cluster.discovery");
        return this;
    }

    /**
     * How the members know each other and keep others out. Must be the same on all members. Default: with
     * {@link Discovery#none()} a random secret, so that nobody gets in; else no protection, which confines the member to
     * loopback addresses, where every user and program of the host can still get in.
     *
     * @param security the secret, and certificates if wanted
     * @return this builder
     */
    public ClusterBuilder security(Security security) {
        this.security = Check.once(this.security, requireNonNull(security, "security"), "cluster.security");
        return this;
    }

    /**
     * How long a call to another member may take before it fails with {@link ClusterUnavailableException}. Default 10
     * seconds, just above the time after which a silent member is removed.
     *
     * @param timeout 100 ms to 60 s
     * @return this builder
     */
    public ClusterBuilder callTimeout(Duration timeout) {
        this.callTimeout = Check.once(this.callTimeout, requireNonNull(timeout, "timeout"), "cluster.callTimeout");
        return this;
    }

    /**
     * How long {@link Cluster#close()} may take. Two thirds are for requests in flight and the modules' work; the last
     * third is kept for moving data to the other members, what has not moved by then comes from its backups.
     * Default 30 seconds.
     *
     * @param timeout 1 s to 10 min
     * @return this builder
     */
    public ClusterBuilder shutdownTimeout(Duration timeout) {
        this.shutdownTimeout =
                Check.once(this.shutdownTimeout, requireNonNull(timeout, "timeout"), "cluster.shutdownTimeout");
        return this;
    }

    /**
     * Where meters go. Default: nowhere. The registry stays the caller's; the cluster's meters are removed from it at
     * close.
     *
     * @param registry the registry
     * @return this builder
     */
    public ClusterBuilder meterRegistry(MeterRegistry registry) {
        this.meterRegistry =
                Check.once(this.meterRegistry, requireNonNull(registry, "registry"), "cluster.meterRegistry");
        return this;
    }

    /**
     * Wall clock, for tests. Default: the system's, as read when the JVM started plus the time elapsed since, so that a
     * clock set while the member runs expires nobody.
     *
     * @param clock the clock; must not go back
     * @return this builder
     */
    public ClusterBuilder clock(InstantSource clock) {
        this.clock = Check.once(this.clock, requireNonNull(clock, "clock"), "cluster.clock");
        return this;
    }

    /**
     * Elapsed time, for tests. Default: {@link System#nanoTime()}.
     *
     * @param ticker nanoseconds since an arbitrary origin
     * @return this builder
     */
    public ClusterBuilder ticker(LongSupplier ticker) {
        this.ticker = Check.once(this.ticker, requireNonNull(ticker, "ticker"), "cluster.ticker");
        return this;
    }

    /**
     * Timer for background work, for tests. Default: one daemon thread of the cluster's own. A scheduler given here is
     * not shut down by the cluster.
     *
     * @param scheduler the timer
     * @return this builder
     */
    public ClusterBuilder scheduler(ScheduledExecutorService scheduler) {
        this.scheduler = Check.once(this.scheduler, requireNonNull(scheduler, "scheduler"), "cluster.scheduler");
        return this;
    }

    /**
     * How many members must have come before this one serves. {@link #start()} returns when this member has joined; until
     * so many members have once been there it is {@link Standing#FORMING}: not ready, and calls are refused. Later
     * losses do not count, see {@link #splitPolicy}. Default 1.
     *
     * @param members 1 to 100
     * @return this builder
     */
    public ClusterBuilder initialMembers(int members) {
        this.initialMembers = Check.once(this.initialMembers, members, "cluster.initialMembers");
        return this;
    }

    /**
     * What this member does when others fall silent. Should be the same on all members. Default
     * {@link SplitPolicy#KEEP_MAJORITY}.
     *
     * @param policy the policy
     * @return this builder
     */
    public ClusterBuilder splitPolicy(SplitPolicy policy) {
        this.splitPolicy = Check.once(this.splitPolicy, requireNonNull(policy, "policy"), "cluster.splitPolicy");
        return this;
    }

    /**
     * Whom to tell when this member stops serving, and when it serves again. Called on a thread of its own, one change
     * after the other; the first is the one to {@link Standing#OPEN} after the start. An exception is logged.
     *
     * @param listener takes the new standing
     * @return this builder
     */
    public ClusterBuilder onStanding(Consumer<Standing> listener) {
        this.onStanding = Check.once(this.onStanding, requireNonNull(listener, "listener"), "cluster.onStanding");
        return this;
    }

    /**
     * Adds a feature, such as {@code Sessions.module()}. Modules start in the order of installation and stop in reverse.
     *
     * @param module the feature
     * @return this builder
     * @throws IllegalStateException if a module with the same facade is installed already
     */
    public ClusterBuilder install(ClusterModule<?> module) {
        requireNonNull(module, "module");
        if (modules.stream().anyMatch(each -> each.api().equals(module.api()))) {
            throw new IllegalStateException(module.api().getName() + " is installed twice");
        }
        modules.add(module);
        return this;
    }

    /**
     * Last word on the Hazelcast configuration, after Flotilla and all modules have had theirs: an escape hatch. Whoever
     * uses it can undo any guarantee of this SDK.
     *
     * @param customizer changes the configuration
     * @return this builder
     */
    public ClusterBuilder hazelcast(Consumer<Config> customizer) {
        this.hazelcast = Check.once(this.hazelcast, requireNonNull(customizer, "customizer"), "cluster.hazelcast");
        return this;
    }

    /** The seam of the test kit: members on a network inside the JVM. */
    ClusterBuilder memberFactory(Function<Config, HazelcastInstance> factory) {
        this.memberFactory = requireNonNull(factory, "factory");
        return this;
    }

    /** Another seam: by what this JVM notices that it stood still. */
    ClusterBuilder pulse(LongSupplier ticker) {
        this.pulse = requireNonNull(ticker, "ticker");
        return this;
    }

    /** Another seam of the test kit: what tells a crash from a cut on that network. */
    ClusterBuilder closedByPeer(Predicate<Connection> test) {
        this.closedByPeer = requireNonNull(test, "test");
        return this;
    }

    /**
     * Starts the member, joins the others, starts the modules. Blocks until all of that is done: typically a second, at
     * most about 30.
     *
     * @return the running cluster
     * @throws IllegalArgumentException if a setting is out of range
     * @throws ClusterStartException if the port is taken, the join fails or a module does; nothing is left running
     */
    public Cluster start() {
        ClusterConfig config = new ClusterConfig(
                name,
                Objects.requireNonNullElseGet(node, Environment::hostName),
                Objects.requireNonNullElse(bindHost, "127.0.0.1"),
                Objects.requireNonNullElse(bindPort, 0),
                new Search(Objects.requireNonNullElseGet(discovery, Discovery::none)),
                securityConfig(),
                Objects.requireNonNullElse(callTimeout, Duration.ofSeconds(10)),
                Objects.requireNonNullElse(shutdownTimeout, Duration.ofSeconds(30)),
                Objects.requireNonNullElse(initialMembers, 1),
                Objects.requireNonNullElse(splitPolicy, SplitPolicy.KEEP_MAJORITY));
        Environment environment = new Environment(
                Objects.requireNonNullElseGet(meterRegistry, CompositeMeterRegistry::new),
                Objects.requireNonNullElse(clock, SystemTime.CLOCK),
                Objects.requireNonNullElse(ticker, SystemTime.TICKER),
                scheduler,
                Objects.requireNonNullElse(hazelcast, untouched -> {}),
                Objects.requireNonNullElse(onStanding, untold -> {}),
                memberFactory,
                closedByPeer,
                pulse);
        return RunningCluster.start(config, environment, List.copyOf(modules));
    }

    /** A member that looks for no others still has a port. */
    private SecurityConfig securityConfig() {
        if (security != null) {
            return security.config();
        }
        boolean alone = discovery == null || discovery.equals(Discovery.none());
        return alone ? SecurityConfig.ofNobody() : SecurityConfig.NONE;
    }
}
