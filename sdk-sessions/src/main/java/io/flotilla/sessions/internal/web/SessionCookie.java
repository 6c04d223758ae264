package io.flotilla.sessions.internal.web;

import jakarta.servlet.ServletContext;
import jakarta.servlet.SessionCookieConfig;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The session's cookie, as the application configured it in the container, with safe defaults: HttpOnly always,
 * SameSite=Lax unless configured otherwise, Secure when the request is.
 */
final class SessionCookie {
    private static final String SAME_SITE = "SameSite";
    private static final Set<String> HANDLED =
            Set.of("domain", "path", "max-age", "secure", "httponly", "comment", "samesite");
    /** More cookies of one name than any browser sends for one site; each costs a call. */
    private static final int MOST_TRIED = 4;

    private final SessionCookieConfig config;
    private final String name;
    private final String path;

    SessionCookie(ServletContext context) {
        config = context.getSessionCookieConfig();
        name = config.getName() == null ? "JSESSIONID" : config.getName();
        path = config.getPath() != null ? config.getPath() : rootIfEmpty(context.getContextPath());
    }

    private static String rootIfEmpty(String contextPath) {
        return contextPath.isEmpty() ? "/" : contextPath;
    }

    /** The ids that a request carries; several if cookies of one name were set for several paths or domains. */
    List<SessionId> read(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        if (cookies == null) {
            return List.of();
        }
        Set<String> seen = new LinkedHashSet<>();
        List<SessionId> ids = new ArrayList<>();
        for (Cookie each : cookies) {
            if (!name.equals(each.getName()) || ids.size() == MOST_TRIED) {
                continue;
            }
            SessionId id = SessionId.parse(each.getValue());
            if (id != null && seen.add(id.value())) {
                ids.add(id);
            }
        }
        return ids;
    }

    Cookie of(SessionId id, boolean secureRequest) {
        Cookie cookie = new Cookie(name, id.value());
        cookie.setPath(path);
        cookie.setMaxAge(config.getMaxAge());
        cookie.setHttpOnly(true);
        cookie.setSecure(config.isSecure() || secureRequest);
        if (config.getDomain() != null) {
            cookie.setDomain(config.getDomain());
        }
        String sameSite = config.getAttribute(SAME_SITE);
        cookie.setAttribute(SAME_SITE, sameSite == null ? "Lax" : sameSite);
        for (Map.Entry<String, String> each : config.getAttributes().entrySet()) {
            if (!HANDLED.contains(each.getKey().toLowerCase(Locale.ROOT))) {
                cookie.setAttribute(each.getKey(), each.getValue());
            }
        }
        return cookie;
    }
}
