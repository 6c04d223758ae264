package io.flotilla;

import com.hazelcast.core.HazelcastInstance;

/**
 * This JVM's membership in the application's cluster: started by {@link ClusterBuilder#start()}, left by
 * {@link #close()}.
 *
 * <pre>{@code
 * Cluster cluster = Cluster.builder("shop")
 *         .node("web-1")
 *         .bind("10.0.0.1", 5701)
 *         .discovery(Discovery.members("10.0.0.1:5701", "10.0.0.2:5701"))
 *         .security(Security.secretFile(Path.of("/etc/shop/cluster.secret")))
 *         .install(Sessions.module())
 *         .install(Health.module())
 *         .start();
 * cluster.get(Sessions.class).register(servletContext);
 * }</pre>
 *
 * <p>Thread-safe.
 *
 * @since 0.1
 */
public interface Cluster extends AutoCloseable {

    /** Where a member stands in its life; it only ever moves downwards in this list. */
    enum State {
        /** The member is joining, its modules are starting. */
        STARTING,
        /** The member has joined and every module works. */
        RUNNING,
        /** {@link Cluster#close()} was called: requests finish, data moves to the other members. */
        DRAINING,
        /** The member has left; every facade throws {@link IllegalStateException}. */
        CLOSED
    }

    /**
     * Starts describing a member of a cluster.
     *
     * @param name name of the cluster, the same on all its members: 1 to 64 letters, digits, {@code -}, {@code _} or
     *     {@code .}
     * @return a builder with every other setting at its default
     */
    static ClusterBuilder builder(String name) {
        return new ClusterBuilder(name);
    }

    /**
     * Returns the name of the cluster.
     *
     * @return the name given to {@link #builder(String)}
     */
    String name();

    /**
     * Returns the name of this member.
     *
     * @return the name given to {@link ClusterBuilder#node(String)}, or this host's name
     */
    String node();

    /**
     * Returns the state of this member. Never blocks.
     *
     * @return the current state
     */
    State state();

    /**
     * Returns whether this member may serve now, and why not. Never blocks.
     *
     * @return the current standing
     */
    Standing standing();

    /**
     * Returns the facade of an installed module.
     *
     * @param api the facade's type, such as {@code Sessions.class}
     * @param <T> the facade's type
     * @return the one facade of that type in this cluster
     * @throws IllegalArgumentException if no installed module provides it
     * @throws IllegalStateException if the cluster is closed
     */
    <T> T get(Class<T> api);

    /**
     * Returns the Hazelcast member below: an escape hatch for what Flotilla does not offer. Structures whose names begin
     * with a module's name and a dot belong to that module. Do not shut the member down; close the cluster instead.
     *
     * @return the member
     * @throws IllegalStateException if the cluster is closed
     */
    HazelcastInstance hazelcast();

    /**
     * Leaves the cluster in order: readiness goes down and the probers see it, requests in flight finish, modules hand
     * over their work, the data moves to the other members, everything acquired at start is released. Blocks for about
     * {@link ClusterBuilder#shutdownTimeout} at most, modules permitting; data that has not moved by then comes from its
     * backups. A member that has stopped by itself only releases what it held. Safe to call more than once and from
     * several threads: later callers wait for the first. An interrupt does not cut it short, and is kept. Never throws;
     * what fails is logged.
     */
    @Override
    void close();
}
