package io.flotilla.sessions.internal.web;

import jakarta.servlet.ServletContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Jetty's context knows its session handler, which has the listeners; the package's name tells the edition (ee9 and later). */
final class JettyListeners implements DeclaredListeners.Container {

    @Override
    public @Nullable List<?> listeners(ServletContext context) throws ReflectiveOperationException {
        if (!context.getClass().getName().startsWith("org.eclipse.jetty.")) {
            return null;
        }
        Object handler = Reflected.call(context, "getContextHandler");
        return (List<?>) Reflected.call(Reflected.call(handler, "getSessionHandler"), "getEventListeners");
    }
}
