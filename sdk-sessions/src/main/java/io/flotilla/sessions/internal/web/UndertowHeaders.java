package io.flotilla.sessions.internal.web;

import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import java.util.Collection;
import java.util.List;

/**
 * Undertow's response takes no headers during an include, as is right for the included part's own. The session's cookie is
 * none of these: it goes to where Undertow puts its own session's.
 */
final class UndertowHeaders {
    private static final String RESPONSE = "io.undertow.servlet.spec.HttpServletResponseImpl";
    private static final String NAME = "io.undertow.util.HttpString";

    private UndertowHeaders() {}

    /** Sets a header's values; returns false if that is not possible, as in any other container. */
    static boolean put(ServletResponse response, String name, List<String> values) {
        ServletResponse own = response;
        while (own instanceof ServletResponseWrapper wrapper) {
            own = wrapper.getResponse();
        }
        if (!Reflected.isA(own, RESPONSE)) {
            return false;
        }
        try {
            Object headers = Reflected.call(Reflected.call(own, "getExchange"), "getResponseHeaders");
            Class<?> key = headers.getClass().getClassLoader().loadClass(NAME);
            headers.getClass()
                    .getMethod("putAll", key, Collection.class)
                    .invoke(headers, key.getConstructor(String.class).newInstance(name), values);
            return true;
        } catch (ReflectiveOperationException | RuntimeException changed) {
            return false;
        }
    }
}
