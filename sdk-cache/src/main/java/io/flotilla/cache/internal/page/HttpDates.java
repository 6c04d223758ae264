package io.flotilla.cache.internal.page;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Dates as HTTP writes them, and the two obsolete forms that it reads (RFC 9110, section 5.6.7). */
final class HttpDates {
    private static final int LATEST_YEAR_AHEAD = 50;
    private static final DateTimeFormatter FIXDATE = form("EEE, dd MMM yyyy HH:mm:ss 'GMT'");
    private static final DateTimeFormatter ASCTIME = form("EEE MMM ppd HH:mm:ss yyyy");

    private HttpDates() {}

    private static DateTimeFormatter form(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
    }

    static String format(Instant instant) {
        return FIXDATE.format(instant.atOffset(ZoneOffset.UTC));
    }

    /** Reads a date; null if the text is none. */
    static @Nullable Instant parse(String text, Instant now) {
        for (DateTimeFormatter each : List.of(FIXDATE, rfc850(now), ASCTIME)) {
            try {
                return LocalDateTime.parse(text, each).toInstant(ZoneOffset.UTC);
            } catch (DateTimeException another) {
                // the next form may be the one
            }
        }
        return null;
    }

    /** A year of two digits that seems to be more than 50 years ahead is the last one with these digits. */
    private static DateTimeFormatter rfc850(Instant now) {
        int earliest = now.atOffset(ZoneOffset.UTC).getYear() + LATEST_YEAR_AHEAD - 99;
        return new DateTimeFormatterBuilder()
                .appendPattern("EEEE, dd-MMM-")
                .appendValueReduced(ChronoField.YEAR, 2, 2, earliest)
                .appendPattern(" HH:mm:ss 'GMT'")
                .toFormatter(Locale.ENGLISH);
    }
}
