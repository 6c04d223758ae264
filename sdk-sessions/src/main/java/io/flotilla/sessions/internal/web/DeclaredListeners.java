package io.flotilla.sessions.internal.web;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpSessionAttributeListener;
import jakarta.servlet.http.HttpSessionIdListener;
import jakarta.servlet.http.HttpSessionListener;
import java.util.EventListener;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The session listeners that a web application has declared to its container, in {@code web.xml}, by annotation or by
 * {@code ServletContext.addListener}. The Servlet API does not tell of them; the containers themselves do. The container
 * calls none of them, since it never has a session of its own.
 */
final class DeclaredListeners {
    private static final Logger log = LoggerFactory.getLogger(DeclaredListeners.class);

    /** One kind of container. */
    interface Container {

        /** The instances of all its listeners in the order of their declaration; null if this is another container. */
        @Nullable
        List<?> listeners(ServletContext context) throws ReflectiveOperationException;
    }

    private static final List<Container> CONTAINERS =
            List.of(new TomcatListeners(), new JettyListeners(), new UndertowListeners());

    private DeclaredListeners() {}

    /**
     * Finds them, once the application has started; not before, since until then more may be declared.
     *
     * @param context the application's
     * @return the instances that the container made, in the order of their declaration
     */
    static List<EventListener> of(ServletContext context) {
        try {
            for (Container each : CONTAINERS) {
                List<?> found = each.listeners(context);
                if (found != null) {
                    return found.stream()
                            .filter(DeclaredListeners::hearsOfSessions)
                            .map(EventListener.class::cast)
                            .toList();
                }
            }
            cannot(context, null);
        } catch (ReflectiveOperationException | RuntimeException changed) {
            cannot(context, changed);
        }
        return List.of();
    }

    private static boolean hearsOfSessions(Object listener) {
        return listener instanceof HttpSessionListener
                || listener instanceof HttpSessionAttributeListener
                || listener instanceof HttpSessionIdListener;
    }

    private static void cannot(ServletContext context, @Nullable Exception why) {
        log.warn(
                "the session listeners that the web application at '{}' declares cannot be found in this container, and are"
                        + " not called: {}; name them with SessionsBuilder.listener",
                context.getContextPath(),
                why == null ? "it is an unknown one" : why.toString());
        log.debug("finding the declared listeners in {}", context.getClass().getName(), why);
    }
}
