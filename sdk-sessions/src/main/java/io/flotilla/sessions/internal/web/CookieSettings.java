package io.flotilla.sessions.internal.web;

import jakarta.servlet.ServletContext;
import jakarta.servlet.SessionCookieConfig;
import org.jspecify.annotations.Nullable;

/**
 * What the session's cookie is called and where it goes: as the application configured it, unless the host of a Tomcat says
 * otherwise in its own configuration ({@code sessionCookieName} and its kin of a {@code Context}).
 */
final class CookieSettings {
    private static final String STANDARD_NAME = "JSESSIONID";
    private static final String STANDARD_PARAMETER = "jsessionid";

    private final ServletContext context;
    private final SessionCookieConfig config;

    CookieSettings(ServletContext context) {
        this.context = context;
        this.config = context.getSessionCookieConfig();
    }

    String name() {
        String name = configuredName();
        return name == null ? STANDARD_NAME : name;
    }

    /** What the id is called in URLs. */
    String parameter() {
        String name = configuredName();
        return name == null || name.equals(STANDARD_NAME) ? STANDARD_PARAMETER : name;
    }

    private @Nullable String configuredName() {
        return hosts("getSessionCookieName") instanceof String name ? name : config.getName();
    }

    @Nullable
    String domain() {
        return hosts("getSessionCookieDomain") instanceof String domain ? domain : config.getDomain();
    }

    String path() {
        String configured = hosts("getSessionCookiePath") instanceof String path ? path : config.getPath();
        String path = configured == null ? context.getContextPath() : configured;
        boolean closed = hosts("getSessionCookiePathUsesTrailingSlash") instanceof Boolean slash && slash;
        return path.isEmpty() || (closed && !path.endsWith("/")) ? path + "/" : path;
    }

    private @Nullable Object hosts(String getter) {
        Object tomcat = context.getAttribute(TomcatListeners.RESOURCES);
        if (tomcat == null) {
            return null;
        }
        try {
            return Reflected.get(Reflected.call(tomcat, "getContext"), getter);
        } catch (ReflectiveOperationException | RuntimeException another) {
            return null;
        }
    }
}
