package io.flotilla.sessions.internal.web;

import jakarta.servlet.ServletContext;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tomcat leads from the application's files to its own context, which keeps the listeners in two lists. */
final class TomcatListeners implements DeclaredListeners.Container {
    static final String RESOURCES = "org.apache.catalina.resources";

    @Override
    public @Nullable List<?> listeners(ServletContext context) throws ReflectiveOperationException {
        Object resources = context.getAttribute(RESOURCES);
        if (resources == null) {
            return null;
        }
        Object own = Reflected.call(resources, "getContext");
        return merged((Object[]) Reflected.call(own, "getApplicationLifecycleListeners"), (Object[])
                Reflected.call(own, "getApplicationEventListeners"));
    }

    /** One list of two that are in the same order, and may share elements. */
    static List<Object> merged(Object[] first, Object[] second) {
        List<Object> merged = new ArrayList<>();
        Deque<Object> rest = new ArrayDeque<>(Arrays.asList(second));
        for (Object each : first) {
            if (rest.stream().anyMatch(other -> same(other, each))) {
                while (!same(rest.element(), each)) {
                    merged.add(rest.remove());
                }
                rest.remove();
            }
            merged.add(each);
        }
        merged.addAll(rest);
        return merged;
    }

    @SuppressWarnings("ReferenceEquality") // the same object, whatever the application's equals says
    private static boolean same(Object one, Object other) {
        return one == other;
    }
}
