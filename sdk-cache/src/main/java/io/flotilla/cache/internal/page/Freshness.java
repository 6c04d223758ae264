package io.flotilla.cache.internal.page;

import java.io.Serializable;
import java.time.Duration;

/**
 * Until when a page is fresh, and may do afterwards. All in seconds but the first.
 *
 * @param generatedAt when its request was begun to be answered, epoch milliseconds
 * @param initialAge how old it was then
 * @param freshFor its freshness lifetime
 * @param whileRevalidating for how long it may be served stale while it is made anew (RFC 5861, section 3)
 * @param ifError for how long it may be served stale if it cannot be made anew (RFC 5861, section 4)
 * @param mayBeStale whether clients may ask for it stale
 * @param forAuthorized whether requests with {@code Authorization} may get it
 */
public record Freshness(
        long generatedAt,
        long initialAge,
        long freshFor,
        long whileRevalidating,
        long ifError,
        boolean mayBeStale,
        boolean forAuthorized)
        implements Serializable {

    /** What to do with a page that is there. */
    enum Use {
        /** Serve it. */
        FRESH,
        /** Serve it: the client is content with what is stale. */
        STALE,
        /** Serve it, and make it anew behind the client. */
        REVALIDATE_BEHIND,
        /** Make it anew; if that fails serve it. */
        RELOAD_OR_STALE,
        /** Make it anew. */
        RELOAD
    }

    /** The current age (RFC 9111, section 4.2.3). Never negative, also if the clock of another member is ahead. */
    long age(long now) {
        return initialAge + Math.max(0, Duration.ofMillis(now - generatedAt).toSeconds());
    }

    /** For how long it is of any use. */
    Duration usableFor() {
        return Duration.ofSeconds(Math.max(1, freshFor - initialAge + Math.max(whileRevalidating, ifError)));
    }

    /** Whether it may be served (RFC 9111, sections 4.2 and 5.2.1; RFC 5861). */
    Use use(long now, CacheControl request) {
        long age = age(now);
        if (request.has("no-cache") || age > request.seconds("max-age").orElse(Long.MAX_VALUE)) {
            return Use.RELOAD;
        }
        long left = freshFor - age;
        if (left > 0) {
            return left >= request.seconds("min-fresh").orElse(0) ? Use.FRESH : Use.RELOAD;
        }
        return request.has("min-fresh") ? Use.RELOAD : whenStale(-left, request);
    }

    private Use whenStale(long since, CacheControl request) {
        if (mayBeStale && since <= mostStale(request)) {
            return Use.STALE;
        }
        if (since < whileRevalidating) {
            return Use.REVALIDATE_BEHIND;
        }
        return since < ifError ? Use.RELOAD_OR_STALE : Use.RELOAD;
    }

    private static long mostStale(CacheControl request) {
        return request.isBare("max-stale")
                ? Long.MAX_VALUE
                : request.seconds("max-stale").orElse(-1);
    }
}
