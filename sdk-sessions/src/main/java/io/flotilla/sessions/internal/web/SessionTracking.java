package io.flotilla.sessions.internal.web;

import jakarta.servlet.ServletContext;
import jakarta.servlet.SessionTrackingMode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How ids travel between clients and one web application: by cookie, in URLs, or both, as its container is configured, and
 * in a header with clients that send it.
 */
final class SessionTracking {
    private final SessionCookie cookie;
    private final SessionUrl url;
    private final @Nullable SessionHeader header;
    private final RollingAge age;
    private final boolean byCookie;
    private final boolean byUrl;

    /** Where a request has its id. */
    enum Way {
        NONE,
        COOKIE,
        URL,
        HEADER
    }

    /**
     * What a request says about its session.
     *
     * @param text the id as the client sent it, whatever it looks like; null if it sent none
     * @param candidates what may be ids of ours
     * @param way where it was; the header also if it is empty
     */
    record Requested(@Nullable String text, List<SessionId> candidates, Way way) {
        private static final Requested NOTHING = new Requested(null, List.of(), Way.NONE);
    }

    /**
     * @param header what the header is called; null for none
     * @param clock the member's clock
     * @param ticker nanoseconds since an arbitrary origin
     */
    SessionTracking(ServletContext context, @Nullable String header, InstantSource clock, LongSupplier ticker) {
        Set<SessionTrackingMode> modes = context.getEffectiveSessionTrackingModes();
        if (modes.contains(SessionTrackingMode.SSL)) {
            throw new IllegalStateException("the session tracking modes of the web application at '"
                    + context.getContextPath() + "' must be COOKIE or URL or both, was " + modes
                    + ": a TLS session is one server's");
        }
        this.cookie = new SessionCookie(context);
        this.url = new SessionUrl(context);
        this.header = header == null ? null : new SessionHeader(header);
        this.age = new RollingAge(context.getSessionCookieConfig().getMaxAge(), clock, ticker);
        this.byCookie = modes.contains(SessionTrackingMode.COOKIE);
        this.byUrl = modes.contains(SessionTrackingMode.URL);
    }

    /**
     * One way counts, whatever the others say: the header, which no other site can make a browser send; else a cookie; else
     * the URL, since links get about.
     */
    Requested requested(HttpServletRequest request) {
        List<String> headers = header == null ? List.of() : header.values(request);
        if (!headers.isEmpty()) {
            return inHeader(headers);
        }
        List<String> cookies = byCookie ? cookie.values(request) : List.of();
        if (!cookies.isEmpty()) {
            return new Requested(cookies.get(0), SessionCookie.ids(cookies), Way.COOKIE);
        }
        String parameter = byUrl ? url.read(request) : null;
        return parameter == null
                ? Requested.NOTHING
                : new Requested(parameter, SessionCookie.ids(List.of(parameter)), Way.URL);
    }

    /** Of several headers none can be trusted to be the client's own. */
    private static Requested inHeader(List<String> values) {
        String text = values.get(0).isEmpty() ? null : values.get(0);
        return new Requested(text, values.size() == 1 ? SessionCookie.ids(values) : List.of(), Way.HEADER);
    }

    /** Whether the client learns its id from the response's headers. */
    boolean isInHeaders(Requested requested) {
        return byCookie || isInHeader(requested);
    }

    /** Where there is neither cookie nor URL every client is taken for one that knows the header. */
    private boolean isInHeader(Requested requested) {
        return header != null && (requested.way() == Way.HEADER || !(byCookie || byUrl));
    }

    /** Whether the client's id travels with requests to a path, which may be another application's. */
    boolean reaches(String uri, Requested requested) {
        return isInHeader(requested) || (byCookie && cookie.reaches(uri));
    }

    /** Whether links need the id: no client that has it in a cookie or a header does. */
    boolean isInLinks(Requested requested) {
        return byUrl && requested.way() != Way.COOKIE && requested.way() != Way.HEADER;
    }

    String encode(String link, SessionId id, HttpServletRequest request) {
        return url.encode(link, id, request);
    }

    /** Whether the client may soon drop the cookie that it has sent. */
    boolean isOld(Requested requested, SessionId id, long created) {
        return requested.way() == Way.COOKIE && age.isDue(id.key(), created);
    }

    /**
     * Tells the client its id.
     *
     * @return false if the response takes no headers now
     */
    boolean send(Requested requested, SessionId id, boolean secureRequest, HttpServletResponse response) {
        if (header != null && isInHeader(requested)) {
            return header.send(id.value(), response);
        }
        boolean sent = !byCookie || cookie.send(id, secureRequest, response);
        if (sent && byCookie) {
            age.sent(id.key());
        }
        return sent;
    }

    /** Tells the client that its session has ended, where a client can be told. */
    boolean sendEnd(Requested requested, HttpServletResponse response) {
        return header != null && isInHeader(requested) && header.send("", response);
    }

    /** See {@link SessionCookie#keep}. */
    void keep(Requested requested, SessionId id, boolean secureRequest, HttpServletResponse response) {
        if (byCookie && !isInHeader(requested)) {
            cookie.keep(id, secureRequest, response);
        }
    }

    /** Lets go of what was kept long enough. */
    void cleanUp() {
        age.cleanUp();
    }
}
