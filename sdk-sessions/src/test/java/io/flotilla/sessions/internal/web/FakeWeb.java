package io.flotilla.sessions.internal.web;

import jakarta.servlet.ServletContext;
import jakarta.servlet.SessionCookieConfig;
import jakarta.servlet.SessionTrackingMode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** As much of a container as a request needs that is not sent over HTTP. */
final class FakeWeb {
    private FakeWeb() {}

    static ServletContext application(int maxAge, SessionTrackingMode... modes) {
        SessionCookieConfig cookie =
                answering(SessionCookieConfig.class, Map.of("getAttributes", Map.of(), "getMaxAge", maxAge));
        return answering(
                ServletContext.class,
                Map.of(
                        "getContextPath",
                        "/shop",
                        "getEffectiveSessionTrackingModes",
                        Set.of(modes),
                        "getSessionCookieConfig",
                        cookie));
    }

    /** A request for the application's page, with headers. */
    static HttpServletRequest request(Map<String, List<String>> headers) {
        return handledBy(HttpServletRequest.class, (proxy, method, args) -> switch (method.getName()) {
            case "getHeaders" -> Collections.enumeration(headers.getOrDefault((String) args[0], List.of()));
            case "getRequestURI" -> "/shop/page";
            default -> nothing(method);
        });
    }

    private static <T> T answering(Class<T> type, Map<String, Object> answers) {
        return handledBy(type, (proxy, method, args) -> answers.getOrDefault(method.getName(), nothing(method)));
    }

    private static <T> T handledBy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static @Nullable Object nothing(Method method) {
        Class<?> result = method.getReturnType();
        return result == boolean.class ? (Object) false : result == int.class ? (Object) 0 : null;
    }

    /** A response, of which nothing is sent but what its headers say. */
    static final class Response implements InvocationHandler {
        private final Map<String, List<String>> headers = new TreeMap<>();
        boolean committed;

        HttpServletResponse proxy() {
            return handledBy(HttpServletResponse.class, this);
        }

        List<String> headers(String name) {
            return List.copyOf(headers.getOrDefault(name, List.of()));
        }

        @Override
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] args) {
            switch (method.getName()) {
                case "setHeader" -> set(args);
                case "addHeader" -> add(args);
                case "reset" -> headers.clear();
                case "getHeader" -> {
                    return args == null
                            ? null
                            : headers((String) args[0]).stream().findFirst().orElse(null);
                }
                case "getHeaders" -> {
                    return args == null ? List.of() : headers((String) args[0]);
                }
                case "isCommitted" -> {
                    return committed;
                }
                default -> {
                    return nothing(method);
                }
            }
            return null;
        }

        private void set(Object @Nullable [] args) {
            if (args != null) {
                headers.put((String) args[0], new ArrayList<>(List.of((String) args[1])));
            }
        }

        private void add(Object @Nullable [] args) {
            if (args != null) {
                headers.computeIfAbsent((String) args[0], name -> new ArrayList<>())
                        .add((String) args[1]);
            }
        }
    }
}
