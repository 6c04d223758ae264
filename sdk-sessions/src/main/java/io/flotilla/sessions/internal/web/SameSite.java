package io.flotilla.sessions.internal.web;

import jakarta.servlet.ServletContext;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the session's cookie says to browsers about requests from other sites. */
final class SameSite {
    private static final String ATTRIBUTE = "SameSite";
    private static final String DEFAULT = "Lax";

    private SameSite() {}

    /** As the application configured its cookie; else as its container does for all cookies; else Lax. */
    static String of(ServletContext context) {
        String configured = context.getSessionCookieConfig().getAttribute(ATTRIBUTE);
        if (configured != null) {
            return configured;
        }
        Object containers = containers(context);
        return containers == null ? DEFAULT : spelt(containers.toString());
    }

    private static @Nullable Object containers(ServletContext context) {
        Object jetty = context.getAttribute("org.eclipse.jetty.cookie.sameSiteDefault");
        Object tomcat = context.getAttribute(TomcatListeners.RESOURCES);
        if (jetty != null || tomcat == null) {
            return jetty;
        }
        try {
            Object cookies = Reflected.call(Reflected.call(tomcat, "getContext"), "getCookieProcessor");
            return Reflected.call(cookies, "getSameSiteCookies");
        } catch (ReflectiveOperationException | RuntimeException another) {
            return null;
        }
    }

    /** Containers write these words in their own case, and have more for "not configured". */
    private static String spelt(String word) {
        return Stream.of("Strict", DEFAULT, "None")
                .filter(word::equalsIgnoreCase)
                .findFirst()
                .orElse(DEFAULT);
    }
}
