package io.flotilla.sessions.internal.web;

import jakarta.servlet.ServletContext;
import jakarta.servlet.SessionTrackingMode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How ids travel between clients and one web application: by cookie, in URLs, or both, as its container is configured. */
final class SessionTracking {
    private final SessionCookie cookie;
    private final SessionUrl url;
    private final boolean byCookie;
    private final boolean byUrl;

    /**
     * What a request says about its session.
     *
     * @param text the id as the client sent it, whatever it looks like; null if it sent none
     * @param candidates what may be ids of ours
     */
    record Requested(@Nullable String text, List<SessionId> candidates, boolean fromCookie, boolean fromUrl) {}

    SessionTracking(ServletContext context) {
        Set<SessionTrackingMode> modes = context.getEffectiveSessionTrackingModes();
        if (modes.contains(SessionTrackingMode.SSL)) {
            throw new IllegalStateException("the session tracking modes of the web application at '"
                    + context.getContextPath() + "' must be COOKIE or URL or both, was " + modes
                    + ": a TLS session is one server's");
        }
        cookie = new SessionCookie(context);
        url = new SessionUrl(context);
        byCookie = modes.contains(SessionTrackingMode.COOKIE);
        byUrl = modes.contains(SessionTrackingMode.URL);
    }

    boolean byCookie() {
        return byCookie;
    }

    /** A cookie, if the client sends any, goes before the URL: links get about, cookies stay. */
    Requested requested(HttpServletRequest request) {
        List<String> cookies = byCookie ? cookie.values(request) : List.of();
        if (!cookies.isEmpty()) {
            return new Requested(cookies.get(0), SessionCookie.ids(cookies), true, false);
        }
        String parameter = byUrl ? url.read(request) : null;
        if (parameter == null) {
            return new Requested(null, List.of(), false, false);
        }
        return new Requested(parameter, SessionCookie.ids(List.of(parameter)), false, true);
    }

    /** Whether the application's cookie travels with requests to a path, which may be another application's. */
    boolean reaches(String uri) {
        return byCookie && cookie.reaches(uri);
    }

    /** Whether links need the id: no client that has the cookie does. */
    boolean isInLinks(Requested requested) {
        return byUrl && !requested.fromCookie();
    }

    String encode(String link, SessionId id, HttpServletRequest request) {
        return url.encode(link, id, request);
    }

    /** See {@link SessionCookie#send}. */
    boolean send(SessionId id, boolean secureRequest, HttpServletResponse response) {
        return !byCookie || cookie.send(id, secureRequest, response);
    }

    /** See {@link SessionCookie#keep}. */
    void keep(SessionId id, boolean secureRequest, HttpServletResponse response) {
        if (byCookie) {
            cookie.keep(id, secureRequest, response);
        }
    }
}
