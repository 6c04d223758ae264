package io.flotilla.sessions;

import io.flotilla.sessions.internal.SessionsModule;
import io.flotilla.spi.ClusterModule;
import jakarta.servlet.ServletContext;
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
}
