package io.flotilla.sessions.internal.web;

import jakarta.servlet.ServletContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Undertow (and WildFly): the deployment has the listeners, of which only a private field tells. */
final class UndertowListeners implements DeclaredListeners.Container {
    private static final String CONTEXT = "io.undertow.servlet.spec.ServletContextImpl";

    @Override
    public @Nullable List<?> listeners(ServletContext context) throws ReflectiveOperationException {
        if (!Reflected.isA(context, CONTEXT)) {
            return null;
        }
        Object deployment = Reflected.call(context, "getDeployment");
        Object listeners = Reflected.call(deployment, "getApplicationListeners");
        List<Object> instances = new ArrayList<>();
        for (Object each : (List<?>) Reflected.field(listeners, "allListeners")) {
            instances.add(Reflected.call(each, "instance"));
        }
        return instances;
    }
}
