package io.flotilla.cache.internal.page;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Conditional requests (RFC 9110, section 13; RFC 9111, section 4.3.2). */
final class Preconditions {
    private static final Pattern TAG = Pattern.compile("(?:W/)?(\"[^\"]*\")");

    private Preconditions() {}

    /**
     * Whether the client has this very page already.
     *
     * @param etag the page's entity tag, in the form that the client would get
     * @param lastModified the page's field; null if it has none
     */
    static boolean isNotModified(
            HttpServletRequest request, @Nullable String etag, @Nullable String lastModified, Instant now) {
        List<String> tags = Collections.list(request.getHeaders("If-None-Match"));
        if (!tags.isEmpty()) {
            return tags.stream().anyMatch(each -> each.strip().equals("*") || (etag != null && names(each, etag)));
        }
        String since = request.getHeader("If-Modified-Since");
        Instant known = since == null ? null : HttpDates.parse(since, now);
        Instant changed = lastModified == null ? null : HttpDates.parse(lastModified, now);
        return known != null && changed != null && !changed.isAfter(known);
    }

    /** Weak comparison (RFC 9110, section 13.1.2). */
    private static boolean names(String list, String etag) {
        String opaque = etag.startsWith("W/") ? etag.substring(2) : etag;
        Matcher matcher = TAG.matcher(list);
        while (matcher.find()) {
            if (matcher.group(1).equals(opaque)) {
                return true;
            }
        }
        return false;
    }
}
