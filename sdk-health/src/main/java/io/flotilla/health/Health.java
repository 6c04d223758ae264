package io.flotilla.health;

import static java.util.Objects.requireNonNull;

import io.flotilla.health.internal.HealthModule;
import io.flotilla.spi.ClusterModule;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletContext;
import java.util.List;
import java.util.function.Consumer;

/**
 * Tells load balancers, orchestrators and people how this node is doing, takes it out of rotation without a failed
 * request, and shows every node of the cluster on every node.
 *
 * <pre>{@code
 * Cluster cluster = Cluster.builder("shop")
 *         .install(Health.module(h -> h.url(URI.create("http://10.0.0.1:8080")).adminToken(token)))
 *         .start();
 * cluster.get(Health.class).register(servletContext, "/health/*");
 * }</pre>
 *
 * <p>All answers come from memory: checks run in the background, and a hung one delays nobody. Thread-safe. Once the
 * cluster is closed every method throws {@link IllegalStateException}; endpoints registered before then still answer.
 *
 * @since 0.1
 */
public interface Health {

    /** How a node is doing. */
    enum State {
        /** The node joins, or a check has not run yet: not ready. */
        STARTING,
        /** All is well: ready. */
        UP,
        /** The node works, but worse than it should: ready all the same. */
        DEGRADED,
        /** A check failed or did not answer in time: not ready. */
        DOWN,
        /** The node is on its way out, or an operator took it out of rotation: it still serves, but is not ready. */
        DRAINING,
        /** Another node has sent no heartbeat for three of its intervals; never the state of this node itself. */
        SILENT
    }

    /**
     * Describes the module with every setting at its default.
     *
     * @return the module, for {@link io.flotilla.ClusterBuilder#install}
     */
    static ClusterModule<Health> module() {
        return module(defaults -> {});
    }

    /**
     * Describes the module.
     *
     * @param settings changes what should differ from the defaults
     * @return the module, for {@link io.flotilla.ClusterBuilder#install}
     * @throws IllegalArgumentException if a setting is out of range
     * @throws IllegalStateException if a setting is made twice
     */
    static ClusterModule<Health> module(Consumer<HealthBuilder> settings) {
        requireNonNull(settings, "settings");
        HealthBuilder builder = new HealthBuilder();
        settings.accept(builder);
        return new HealthModule(builder.build());
    }

    /**
     * Adds the health endpoints to a web application, and a filter on all its requests that counts those in flight. Call
     * it from {@link jakarta.servlet.ServletContextListener#contextInitialized} or an initializer. The endpoints answer
     * {@code GET}, {@code HEAD} and {@code OPTIONS} alike, use no session and never redirect; keep them outside of login
     * filters, since a balancer takes a redirect to a login page for a healthy answer.
     *
     * @param web the web application, not yet initialized
     * @param pattern where the endpoints live, such as {@code /health/*}
     * @throws IllegalArgumentException if the pattern is not of that form
     * @throws IllegalStateException if the application is initialized already, has these endpoints already, or has
     *     something else under the pattern
     */
    void register(ServletContext web, String pattern);

    /**
     * Returns a filter that lets administrators pass, for an application's own endpoints. It asks for the admin token as
     * {@code Authorization: Bearer TOKEN}, or as the password of Basic authentication under any user name, and answers
     * problem documents: 401 without credentials, 403 with wrong ones, 403 to everybody if no token is set. Changes sent
     * by a browser on behalf of another site are refused with 403, since a browser adds Basic credentials to those too.
     * Where it guards asynchronous servlets, declare it with async support.
     *
     * @return a filter; may be mapped any number of times
     */
    Filter adminOnly();

    /**
     * Returns how this node is doing. Never blocks.
     *
     * @return any state but {@link State#SILENT}
     */
    State state();

    /**
     * Takes this node out of rotation: it answers probes as {@link State#DRAINING} from now on, but serves what comes and
     * stays a member. Does nothing if it is out already. Returns at once; does not wait for balancers to notice.
     */
    void drain();

    /**
     * Puts this node back into rotation. Does nothing if it is not out.
     *
     * @throws IllegalStateException if the cluster is closing or closed
     */
    void resume();

    /**
     * Returns every member of the cluster as this node sees it. Never blocks.
     *
     * @return one row a member, in the order of their names
     */
    List<NodeStatus> nodes();
}
