package io.flotilla.cache.internal;

import io.flotilla.cache.CacheMode;
import io.flotilla.spi.Check;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The settings of one cache; all validation is here. */
public record CacheConfig(
        String name, CacheMode mode, int backups, Times times, Bounds bounds, Loading loading, boolean copyOnRead) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofDays(3650);

    /** How long values are fresh, and may do. */
    public record Times(
            Duration ttl, Duration staleFor, @Nullable Duration negativeTtl, double jitter) {
        public Times {
            checkTtl("cache.ttl", ttl);
            Check.between("cache.staleFor", staleFor, Duration.ZERO, LONGEST);
            if (negativeTtl != null) {
                checkTtl("cache.negativeTtl", negativeTtl);
            }
            Check.that(jitter >= 0 && jitter <= 0.9, "cache.jitter must be between 0 and 0.9, was %s", jitter);
        }

        /** Checks a time to live, of the cache or of one value. */
        static Duration checkTtl(String setting, Duration ttl) {
            Check.between(setting, ttl, SHORTEST, LONGEST);
            return ttl;
        }
    }

    /** How much the two tiers may hold; null where a default counts, or the other measure. */
    public record Bounds(
            @Nullable Long nearEntries,
            @Nullable Long nearBytes,
            @Nullable Long memberEntries,
            @Nullable Long memberBytes) {
        private static final long ENTRIES_NEAR = 10_000;
        private static final long BYTES_PER_MEMBER = 64L << 20;
        private static final long BILLION = 1_000_000_000;

        public Bounds {
            either("cache.maxEntriesNear", nearEntries, "cache.maxBytesNear", nearBytes);
            either("cache.maxEntriesPerMember", memberEntries, "cache.maxBytesPerMember", memberBytes);
            within("cache.maxEntriesNear", nearEntries, 1, BILLION);
            within("cache.maxBytesNear", nearBytes, 1 << 10, 1L << 40);
            within("cache.maxEntriesPerMember", memberEntries, 1_000, BILLION);
            within("cache.maxBytesPerMember", memberBytes, 1 << 20, 1L << 40);
        }

        private static void either(String one, @Nullable Long value, String other, @Nullable Long otherValue) {
            Check.that(
                    value == null || otherValue == null,
                    "%s must not be set together with %s, was %s with %s",
                    one,
                    other,
                    value,
                    otherValue);
        }

        private static void within(String setting, @Nullable Long value, long least, long most) {
            Check.that(
                    value == null || (value >= least && value <= most),
                    "%s must be between %d and %d, was %d",
                    setting,
                    least,
                    most,
                    value);
        }

        long nearEntriesOrDefault() {
            return nearEntries == null ? ENTRIES_NEAR : nearEntries;
        }

        long memberBytesOrDefault() {
            return memberBytes == null ? BYTES_PER_MEMBER : memberBytes;
        }
    }

    /** How values are loaded. */
    public record Loading(
            Duration timeout,
            @Nullable Duration softTimeout,
            Duration retryAfter,
            @Nullable Double refreshAhead,
            @Nullable Double earlyRefresh) {
        public Loading {
            Check.between("cache.loadTimeout", timeout, Duration.ofMillis(10), Duration.ofHours(1));
            if (softTimeout != null) {
                Check.between("cache.softTimeout", softTimeout, SHORTEST, timeout);
            }
            Check.between("cache.retryAfter", retryAfter, SHORTEST, Duration.ofHours(1));
            Check.that(
                    refreshAhead == null || (refreshAhead >= 0.1 && refreshAhead <= 0.99),
                    "cache.refreshAhead must be between 0.1 and 0.99, was %s",
                    refreshAhead);
            Check.that(
                    earlyRefresh == null || (earlyRefresh >= 0.1 && earlyRefresh <= 10),
                    "cache.earlyRefresh must be between 0.1 and 10, was %s",
                    earlyRefresh);
        }
    }

    public CacheConfig {
        Check.that(
                NAME.matcher(name).matches(),
                "cache.name must be 1 to 64 letters, digits, '-', '_' or '.', the first a letter or a digit, was %s",
                name);
        Check.that(backups >= 0 && backups <= 6, "cache.backups must be between 0 and 6, was %d", backups);
        Check.that(
                loading.softTimeout() == null || !times.staleFor().isZero(),
                "cache.softTimeout must be set together with cache.staleFor, was %s without it",
                loading.softTimeout());
    }
}
