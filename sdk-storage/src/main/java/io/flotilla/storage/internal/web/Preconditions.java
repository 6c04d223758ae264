package io.flotilla.storage.internal.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The conditions of a GET or HEAD, in the order of RFC 9110, 13.2.2. */
final class Preconditions {
    private static final long ABSENT = -1;

    private final HttpServletRequest request;
    private final String tag;
    private final long lastModified;

    /** What the conditions say. */
    enum Verdict {
        PROCEED,
        NOT_MODIFIED,
        FAILED
    }

    /**
     * @param tag the object's strong tag
     * @param lastModified in milliseconds, of whole seconds
     */
    Preconditions(HttpServletRequest request, String tag, long lastModified) {
        this.request = request;
        this.tag = tag;
        this.lastModified = lastModified;
    }

    Verdict verdict() {
        if (failed()) {
            return Verdict.FAILED;
        }
        return notModified() ? Verdict.NOT_MODIFIED : Verdict.PROCEED;
    }

    private boolean failed() {
        String match = header("If-Match");
        if (match != null) {
            return !EntityTags.parse(match).matchStrongly(tag);
        }
        long unmodifiedSince = date("If-Unmodified-Since");
        return unmodifiedSince != ABSENT && lastModified > unmodifiedSince;
    }

    private boolean notModified() {
        String noneMatch = header("If-None-Match");
        if (noneMatch != null) {
            return EntityTags.parse(noneMatch).matchWeakly(tag);
        }
        long modifiedSince = date("If-Modified-Since");
        return modifiedSince != ABSENT && lastModified <= modifiedSince;
    }

    /**
     * Whether a range may be sent: there is no If-Range, or it names this very content.
     *
     * @param now a date is no strong validator in the second in which the content changed
     */
    boolean rangeApplies(long now) {
        String validator = header("If-Range");
        if (validator == null) {
            return true;
        }
        if (validator.strip().startsWith("\"") || validator.strip().startsWith("W/")) {
            EntityTags tags = EntityTags.parse(validator);
            return !tags.any() && tags.matchStrongly(tag);
        }
        return date("If-Range") == lastModified && now - lastModified > 2_000;
    }

    /** All lines of a header as one; null for none. */
    private @Nullable String header(String name) {
        List<String> lines = Collections.list(request.getHeaders(name));
        return lines.isEmpty() ? null : String.join(", ", lines);
    }

    /** A date; absent if it makes no sense. */
    private long date(String name) {
        try {
            return request.getDateHeader(name);
        } catch (IllegalArgumentException noDate) {
            return ABSENT;
        }
    }
}
