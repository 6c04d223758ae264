package io.flotilla.sessions;

import io.flotilla.sessions.internal.SessionsModule;
import io.flotilla.spi.ClusterModule;
import jakarta.servlet.ServletContext;
import java.util.List;
import java.util.function.Consumer;

/**
 * Replaces the container's {@code HttpSession} by one that lives in the cluster. Servlets and frameworks behind the filter
 * go on using the plain Servlet API.
 *
 * <p>Thread-safe.
 *
 * @since 0.1
 */
public interface Sessions {

    /**
     * The module with its defaults.
     *
     * @return the module, for {@code ClusterBuilder.install}
     */
    static ClusterModule<Sessions> module() {
        return module(defaults -> {});
    }

    /**
     * The module with settings.
     *
     * @param settings changes the settings
     * @return the module, for {@code ClusterBuilder.install}
     * @throws IllegalArgumentException if a setting is out of range
     */
    static ClusterModule<Sessions> module(Consumer<SessionsBuilder> settings) {
        SessionsBuilder builder = new SessionsBuilder();
        settings.accept(builder);
        return new SessionsModule(builder.build());
    }

    /**
     * Puts the session filter in front of everything in a web application: first filter, all dispatcher types,
     * asynchronous requests supported. Call it while the context starts, before other filters are added.
     *
     * @param context the web application's context
     * @throws IllegalStateException if the context has started already, or if this was called for it before
     */
    void register(ServletContext context);

    /**
     * Counts the sessions of all web applications in the whole cluster that a request could have now: neither those that
     * have ended nor those whose time is up. Each member looks at all sessions that it owns, beside the threads that serve
     * requests: meant for a monitoring page or a report, not for each request. While sessions come and go, or move between
     * members, the number is that of no single moment. Of what one member owns tells the meter
     * {@code flotilla.sessions.active}, at no cost.
     *
     * @return how many; all of them, never only those of the members that answered
     * @throws io.flotilla.ClusterUnavailableException if not all members have answered within {@code callTimeout}, or this
     *     one may not serve now
     */
    long count();

    /**
     * Finds the sessions of a principal, on all nodes, in the web applications that are registered on this one. Whose a
     * session is says {@link SessionsBuilder#principal(String)}. Asks the owner of each session and waits for it; looking
     * is no access to a session.
     *
     * @param principal the principal's name
     * @return the living sessions, in each application the most recently used first; empty if there are none
     * @throws IllegalStateException if {@code sessions.principal} is not set
     * @throws io.flotilla.ClusterUnavailableException if an owner did not answer within {@code callTimeout}
     */
    List<SessionInfo> find(String principal);

    /**
     * Ends the sessions of a principal, on all nodes, in the web applications that are registered on this one: those that
     * there are when this is called. No request is served with them from then on, and what running requests store in them
     * is dropped. Their listeners are told once, soon, on one node.
     *
     * @param principal the principal's name
     * @return how many sessions this has ended
     * @throws IllegalStateException if {@code sessions.principal} is not set
     * @throws io.flotilla.ClusterUnavailableException if an owner did not answer within {@code callTimeout}; some of the
     *     sessions may have ended
     */
    int end(String principal);

    /**
     * Ends one session of a principal's, as {@link #end(String)} does.
     *
     * @param principal the principal's name
     * @param handle which one, from {@link SessionInfo#handle}
     * @return whether this has ended it; false if there is no such living session
     * @throws IllegalStateException if {@code sessions.principal} is not set
     * @throws io.flotilla.ClusterUnavailableException if an owner did not answer within {@code callTimeout}; the session may
     *     have ended
     */
    boolean end(String principal, String handle);
}
