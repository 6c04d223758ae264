package io.flotilla.sessions.internal.web;

import jakarta.servlet.ServletContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Undertow (and WildFly): the deployment has the listeners, of which only a private field tells. Those of its own, as for
 * WebSockets, want sessions of its own.
 */
final class UndertowListeners implements DeclaredListeners.Container {
    private static final String CONTEXT = "io.undertow.servlet.spec.ServletContextImpl";
    private static final String OWN = "io.undertow.";

    @Override
    public @Nullable List<?> listeners(ServletContext context) throws ReflectiveOperationException {
        if (!Reflected.isA(context, CONTEXT)) {
            return null;
        }
        Object deployment = Reflected.call(context, "getDeployment");
        Object listeners = Reflected.call(deployment, "getApplicationListeners");
        List<Object> instances = new ArrayList<>();
        for (Object each : (List<?>) Reflected.field(listeners, "allListeners")) {
            Object instance = Reflected.call(each, "instance");
            if (!instance.getClass().getName().startsWith(OWN)) {
                instances.add(instance);
            }
        }
        return instances;
    }
}
