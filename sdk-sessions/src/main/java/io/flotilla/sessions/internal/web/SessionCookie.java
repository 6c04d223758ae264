package io.flotilla.sessions.internal.web;

import jakarta.servlet.ServletContext;
import jakarta.servlet.SessionCookieConfig;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The session's cookie, as the application configured it in the container, with safe defaults: HttpOnly always,
 * SameSite=Lax unless it or its container says otherwise, Secure when the request is.
 *
 * <p>Written as a header of our own: of the attributes of an added cookie, containers drop some (Undertow SameSite) and
 * spell others in their own ways.
 */
final class SessionCookie {
    private static final String SET_COOKIE = "Set-Cookie";
    private static final String SAME_SITE = "SameSite";
    private static final Set<String> HANDLED =
            Set.of("name", "domain", "path", "max-age", "secure", "httponly", "comment", "samesite");
    /** More cookies of one name than any browser sends for one site; each costs a call. */
    private static final int MOST_TRIED = 4;

    private final SessionCookieConfig config;
    private final String name;
    private final String prefix;
    private final @Nullable String domain;
    private final String path;
    private final String sameSite;

    SessionCookie(ServletContext context) {
        config = context.getSessionCookieConfig();
        CookieSettings settings = new CookieSettings(context);
        name = settings.name();
        prefix = name + "=";
        domain = settings.domain();
        path = settings.path();
        sameSite = SameSite.of(context);
    }

    /**
     * The values of a request's cookies of that name; several if they were set for several paths or domains. Read from the
     * header, since Undertow's own list has one cookie of each name.
     */
    List<String> values(HttpServletRequest request) {
        List<String> values = new ArrayList<>();
        Enumeration<String> headers = request.getHeaders("Cookie");
        while (headers != null && headers.hasMoreElements()) {
            addValues(headers.nextElement(), values);
        }
        return values;
    }

    private void addValues(String header, List<String> values) {
        int from = 0;
        while (from <= header.length()) {
            int semicolon = header.indexOf(';', from);
            int to = semicolon < 0 ? header.length() : semicolon;
            String pair = header.substring(from, to).trim();
            if (pair.startsWith(prefix)) {
                values.add(unquoted(pair.substring(prefix.length())));
            }
            from = to + 1;
        }
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    /** Those values that may be ids of ours. */
    static List<SessionId> ids(List<String> values) {
        if (values.size() == 1) { // as almost always
            SessionId id = SessionId.parse(values.get(0));
            return id == null ? List.of() : List.of(id);
        }
        return values.stream()
                .distinct()
                .map(SessionId::parse)
                .flatMap(Stream::ofNullable)
                .limit(MOST_TRIED)
                .toList();
    }

    /**
     * Sends the id; in place of another one that this response was to send before.
     *
     * @return false if the response takes no headers now
     */
    boolean send(SessionId id, boolean secureRequest, HttpServletResponse response) {
        List<String> headers = new ArrayList<>();
        headers.add(text(id, secureRequest));
        response.getHeaders(SET_COOKIE).stream().filter(each -> !isOurs(each)).forEach(headers::add);
        set(headers, response);
        boolean taken = response.getHeaders(SET_COOKIE).contains(headers.get(0))
                || UndertowHeaders.put(response, SET_COOKIE, headers);
        if (taken) {
            Uncached.withoutCookie(response);
        }
        return taken;
    }

    /** Another application on this server may have a cookie of the same name. */
    private boolean isOurs(String header) {
        return header.startsWith(prefix) && header.contains("; Path=" + path + ";");
    }

    /** Whether clients send it with a request to this path. */
    boolean reaches(String uri) {
        return uri.startsWith(path.endsWith("/") ? path : path + "/") || uri.equals(path);
    }

    private static void set(List<String> headers, HttpServletResponse response) {
        response.setHeader(SET_COOKIE, headers.get(0));
        headers.subList(1, headers.size()).forEach(each -> response.addHeader(SET_COOKIE, each));
    }

    /**
     * Sends the id in a response that tells of the request's failure. Undertow clears the headers of such a response but
     * not its cookies, which it keeps elsewhere; where they are headers the one sent before will do.
     */
    void keep(SessionId id, boolean secureRequest, HttpServletResponse response) {
        List<String> headers = List.copyOf(response.getHeaders(SET_COOKIE));
        Cookie cookie = new Cookie(name, id.value());
        cookie.setPath(path);
        cookie.setMaxAge(config.getMaxAge());
        cookie.setHttpOnly(true);
        cookie.setSecure(config.isSecure() || secureRequest);
        if (domain != null) {
            cookie.setDomain(domain);
        }
        response.addCookie(cookie);
        if (response.getHeaders(SET_COOKIE).size() > headers.size() && !headers.isEmpty()) {
            set(headers, response);
        }
    }

    private String text(SessionId id, boolean secureRequest) {
        StringBuilder text = new StringBuilder(name).append('=').append(id.value());
        attribute(text, "Path", path);
        if (domain != null) {
            attribute(text, "Domain", domain);
        }
        if (config.getMaxAge() >= 0) {
            attribute(text, "Max-Age", Integer.toString(config.getMaxAge()));
        }
        if (config.isSecure() || secureRequest) {
            attribute(text, "Secure", "");
        }
        attribute(text, "HttpOnly", "");
        attribute(text, SAME_SITE, sameSite);
        for (Map.Entry<String, String> each : config.getAttributes().entrySet()) {
            if (!HANDLED.contains(each.getKey().toLowerCase(Locale.ROOT))) {
                further(text, each.getKey(), each.getValue());
            }
        }
        return text.toString();
    }

    /** Browsers know {@code Partitioned} by its name alone, containers' configurations want a value. */
    private static void further(StringBuilder text, String name, String value) {
        if (value.equalsIgnoreCase("true")) {
            attribute(text, name, "");
        } else if (!value.equalsIgnoreCase("false")) {
            attribute(text, name, value);
        }
    }

    private static void attribute(StringBuilder text, String name, String value) {
        text.append("; ").append(name);
        if (!value.isEmpty()) {
            text.append('=').append(value);
        }
    }
}
