package io.flotilla.cache.internal.page;

import io.flotilla.spi.Check;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one page cache; all validation is here.
 *
 * @param ttl how long a response is fresh that does not say so; null if it is not stored then
 * @param query which query parameters make a difference
 * @param vary the request fields that responses may depend on, in lower case
 * @param partition what else makes a difference; null for nothing
 */
public record PageSettings(
        @Nullable Duration ttl,
        int maxBodySize,
        KeyedQuery query,
        boolean anyHost,
        Set<String> vary,
        Duration staleWhileRevalidate,
        Duration staleIfError,
        Duration notStorableFor,
        String tagsHeader,
        boolean ignoresClients,
        @Nullable Function<HttpServletRequest, String> partition) {
    static final int LARGEST = 64 << 20;
    private static final Duration LONGEST = Duration.ofDays(365);
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}");

    public PageSettings {
        if (ttl != null) {
            Check.between("pages.ttl", ttl, Duration.ofSeconds(1), LONGEST);
        }
        Check.that(
                maxBodySize >= 1 && maxBodySize <= LARGEST,
                "pages.maxBodySize must be between 1 and %d, was %d",
                LARGEST,
                maxBodySize);
        Check.between("pages.staleWhileRevalidate", staleWhileRevalidate, Duration.ZERO, LONGEST);
        Check.between("pages.staleIfError", staleIfError, Duration.ZERO, LONGEST);
        Check.between("pages.notStorableFor", notStorableFor, Duration.ofMillis(1), Duration.ofHours(1));
        checkField("pages.tagsHeader", tagsHeader);
        vary.forEach(each -> checkField("pages.vary", each));
        vary = vary.stream().map(each -> each.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }

    private static void checkField(String setting, String name) {
        Check.that(TOKEN.matcher(name).matches(), "%s must be the name of a header field, was %s", setting, name);
    }
}
