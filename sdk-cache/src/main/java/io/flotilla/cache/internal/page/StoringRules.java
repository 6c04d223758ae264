package io.flotilla.cache.internal.page;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Decides which responses to GET a shared cache may store, and for how long they are fresh (RFC 9111, sections 3 and 4.2). */
final class StoringRules {
    /** What may be stored without being asked to (RFC 9110, section 15.1), without 206, which is part of a page only. */
    private static final Set<Integer> HEURISTICALLY = Set.of(200, 203, 204, 300, 301, 308, 404, 405, 410, 414, 501);

    /** Whoever stands in front of this server sends the content: it is not here. */
    private static final Set<String> CONTENT_IS_ELSEWHERE =
            Set.of("X-Sendfile", "X-Accel-Redirect", "X-LIGHTTPD-send-file");

    private static final int PARTIAL = 206;
    private static final int NOT_MODIFIED = 304;

    private final PageSettings settings;

    StoringRules(PageSettings settings) {
        this.settings = settings;
    }

    /**
     * What counts of a request.
     *
     * @param authorized whether it has an {@code Authorization} field
     * @param noStore whether the client does not want it stored
     * @param withSession whether the response may depend on a session
     */
    record Asked(boolean authorized, boolean noStore, boolean withSession) {}

    /**
     * Decides.
     *
     * @param begun when the request came here, epoch milliseconds
     * @return how long it is fresh; null if it may not be stored
     */
    @Nullable
    Freshness freshness(Asked asked, int status, HeaderFields fields, long begun) {
        CacheControl control = CacheControl.of(fields.all(CacheControl.NAME));
        if (asked.noStore()
                || !isFinalAndWhole(status)
                || control.has("no-store")
                || control.has("no-cache")
                || control.has("private")
                || (asked.authorized() && !isForAuthorized(control))
                || (asked.withSession() && !isShared(control))
                || !isStorable(fields)) {
            return null;
        }
        Freshness freshness = lasting(status, fields, control, begun);
        return freshness != null && freshness.freshFor() > freshness.initialAge() ? freshness : null;
    }

    private static boolean isFinalAndWhole(int status) {
        return status >= 200 && status != PARTIAL && status != NOT_MODIFIED;
    }

    /** RFC 9111, section 3.5. */
    private static boolean isForAuthorized(CacheControl control) {
        return isShared(control) || control.has("must-revalidate");
    }

    private static boolean isShared(CacheControl control) {
        return control.has("public") || control.has("s-maxage");
    }

    private boolean isStorable(HeaderFields fields) {
        Set<String> vary = vary(fields);
        boolean coded = fields.has("Content-Encoding");
        return !fields.has("Set-Cookie")
                && !fields.has("Content-Range")
                && !vary.contains("*")
                && settings.vary().containsAll(vary)
                && (!coded || vary.contains("accept-encoding"))
                && CONTENT_IS_ELSEWHERE.stream().noneMatch(fields::has);
    }

    /** The request fields that a response depends on; {@code *} stands for what no request tells. */
    static Set<String> vary(HeaderFields fields) {
        return new TreeSet<>(fields.words("Vary"));
    }

    private @Nullable Freshness lasting(int status, HeaderFields fields, CacheControl control, long begun) {
        Instant now = Instant.ofEpochMilli(begun);
        Instant date = date(fields, "Date", now);
        long lifetime = lifetime(status, fields, control, date == null ? now : date, now);
        if (lifetime < 0) {
            return null;
        }
        boolean validOnly = control.has("must-revalidate") || control.has("proxy-revalidate");
        return new Freshness(
                begun,
                initialAge(fields, date, now),
                lifetime,
                stale(control, "stale-while-revalidate", settings.staleWhileRevalidate(), validOnly),
                stale(control, "stale-if-error", settings.staleIfError(), validOnly),
                !validOnly && !control.has("s-maxage"),
                isForAuthorized(control));
    }

    /** The freshness lifetime (RFC 9111, section 4.2.1); negative if there is none. */
    private long lifetime(int status, HeaderFields fields, CacheControl control, Instant date, Instant now) {
        if (control.has("s-maxage")) {
            return control.seconds("s-maxage").orElseThrow();
        }
        if (control.has("max-age")) {
            return control.seconds("max-age").orElseThrow();
        }
        if (fields.has("Expires")) {
            Instant expires = date(fields, "Expires", now);
            return expires == null
                    ? 0
                    : Math.max(0, Duration.between(date, expires).toSeconds());
        }
        Duration ttl = settings.ttl();
        return ttl != null && (HEURISTICALLY.contains(status) || control.has("public")) ? ttl.toSeconds() : -1;
    }

    private static @Nullable Instant date(HeaderFields fields, String name, Instant now) {
        String text = fields.first(name);
        return text == null ? null : HttpDates.parse(text, now);
    }

    /** How old it is already (RFC 9111, section 4.2.3): a page may itself come from a cache. */
    private static long initialAge(HeaderFields fields, @Nullable Instant date, Instant now) {
        String age = fields.first("Age");
        long told = age == null ? 0 : CacheControl.deltaSeconds(age.strip());
        long apparent = date == null ? 0 : Duration.between(date, now).toSeconds();
        return Math.max(told, Math.max(0, apparent));
    }

    /**
     * For how long a page may be served stale. {@code s-maxage} forbids that unless the response itself says otherwise
     * (RFC 9111, section 4.2.4, with RFC 5861); what asks for validation forbids it always.
     */
    private static long stale(CacheControl control, String directive, Duration usual, boolean validOnly) {
        if (validOnly) {
            return 0;
        }
        return control.seconds(directive).orElse(control.has("s-maxage") ? 0 : usual.toSeconds());
    }
}
