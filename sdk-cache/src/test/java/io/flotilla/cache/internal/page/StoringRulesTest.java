package io.flotilla.cache.internal.page;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.flotilla.cache.PageCacheBuilder;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each test names the section of RFC 9111 that it is about. */
final class StoringRulesTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final StoringRules.Asked ANYBODY = new StoringRules.Asked(false, false, false);
    private static final StoringRules.Asked AUTHORIZED = new StoringRules.Asked(true, false, false);
    private static final StoringRules.Asked WITH_SESSION = new StoringRules.Asked(false, false, true);

    private final StoringRules strict = new StoringRules(PageCacheBuilder.describe(defaults -> {}));
    private final StoringRules lax =
            new StoringRules(PageCacheBuilder.describe(pages -> pages.ttl(Duration.ofSeconds(30))
                    .staleWhileRevalidate(Duration.ofSeconds(5))
                    .staleIfError(Duration.ofSeconds(7))));

    private static @Nullable Freshness decide(
            StoringRules rules, StoringRules.Asked asked, int status, String... fields) {
        return rules.freshness(asked, status, HeaderFields.of(fields), NOW.toEpochMilli());
    }

    private @Nullable Freshness decide(String... fields) {
        return decide(strict, ANYBODY, 200, fields);
    }

    private static Freshness stored(StoringRules rules, StoringRules.Asked asked, int status, String... fields) {
        return requireNonNull(decide(rules, asked, status, fields));
    }

    private Freshness stored(String... fields) {
        return requireNonNull(decide(fields));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no-store, max-age=9",
                "NO-STORE, max-age=9",
                "private, max-age=9",
                "private=\"x-field\", max-age=9",
                "no-cache, max-age=9",
                "no-cache=\"set-cookie\", max-age=9",
                "max-age=0",
                "max-age=x",
                "max-age=-1",
                "max-age",
                "s-maxage=0, max-age=9",
                "public",
                ""
            })
    void section3WhatMayNotBeStored(String control) {
        assertThat(decide("Cache-Control", control)).isNull();
    }

    @Test
    void section3FieldsThatForbidIt() {
        assertThat(decide("Cache-Control", "max-age=9")).isNotNull();
        assertThat(decide("Cache-Control", "max-age=9", "Set-Cookie", "a=b")).isNull();
        assertThat(decide("Cache-Control", "max-age=9", "Content-Range", "bytes 0-1/2"))
                .isNull();
        assertThat(decide("Cache-Control", "max-age=9", "X-Accel-Redirect", "/f"))
                .isNull();
        assertThat(decide("Cache-Control", "max-age=9", "Content-Encoding", "br"))
                .isNull();
        assertThat(decide("Cache-Control", "max-age=9", "Content-Encoding", "br", "Vary", "Accept-Encoding"))
                .isNotNull();
    }

    @Test
    void section3StatusesThatAreNoWholeAnswer() {
        for (int status : new int[] {100, 103, 206, 304}) {
            assertThat(decide(strict, ANYBODY, status, "Cache-Control", "max-age=9"))
                    .isNull();
        }
        assertThat(decide(strict, ANYBODY, 302, "Cache-Control", "max-age=9")).isNotNull();
    }

    @Test
    void section35AuthorizedRequests() {
        assertThat(decide(strict, AUTHORIZED, 200, "Cache-Control", "max-age=9"))
                .isNull();
        for (String each : new String[] {"public", "must-revalidate", "s-maxage=5"}) {
            Freshness freshness = stored(strict, AUTHORIZED, 200, "Cache-Control", "max-age=9, " + each);
            assertThat(freshness.forAuthorized()).as(each).isTrue();
        }
        assertThat(stored("Cache-Control", "max-age=9").forAuthorized()).isFalse();
    }

    @Test
    void aSessionAsksForMore() {
        assertThat(decide(strict, WITH_SESSION, 200, "Cache-Control", "max-age=9"))
                .isNull();
        assertThat(decide(strict, WITH_SESSION, 200, "Cache-Control", "max-age=9, must-revalidate"))
                .isNull();
        assertThat(decide(strict, WITH_SESSION, 200, "Cache-Control", "max-age=9, public"))
                .isNotNull();
    }

    @Test
    void section41FieldsThatPagesMayNotDependOn() {
        assertThat(decide("Cache-Control", "max-age=9", "Vary", "*")).isNull();
        assertThat(decide("Cache-Control", "max-age=9", "Vary", "Cookie")).isNull();
        assertThat(decide("Cache-Control", "max-age=9", "Vary", "Accept", "Vary", "User-Agent"))
                .isNull();
        assertThat(decide("Cache-Control", "max-age=9", "Vary", "Accept, ACCEPT-language"))
                .isNotNull();
    }

    @Test
    void section41AnAsteriskIsNeverAllowed() {
        StoringRules rules = new StoringRules(PageCacheBuilder.describe(pages -> pages.vary("*")));
        assertThat(decide(rules, ANYBODY, 200, "Cache-Control", "max-age=9", "Vary", "*"))
                .isNull();
    }

    @Test
    void section421WhatCountsFirst() {
        String expires = "Thu, 01 Jan 2026 00:00:20 GMT";
        assertThat(stored("Cache-Control", "max-age=9, s-maxage=5", "Expires", expires)
                        .freshFor())
                .isEqualTo(5);
        assertThat(stored("Cache-Control", "max-age=9", "Expires", expires).freshFor())
                .isEqualTo(9);
        assertThat(stored("Expires", expires).freshFor()).isEqualTo(20);
        assertThat(stored("Expires", expires, "Date", "Thu, 01 Jan 2026 00:00:05 GMT")
                        .freshFor())
                .isEqualTo(15);
        assertThat(decide("Expires", "0")).isNull();
        assertThat(stored("Cache-Control", "max-age=5, max-age=9").freshFor()).isEqualTo(5);
        assertThat(stored("Cache-Control", "max-age=99999999999999999999").freshFor())
                .isEqualTo(CacheControl.FOREVER);
    }

    @Test
    void section422WhereNothingIsSaid() {
        assertThat(decide()).isNull();
        assertThat(stored(lax, ANYBODY, 200).freshFor()).isEqualTo(30);
        assertThat(stored(lax, ANYBODY, 404).freshFor()).isEqualTo(30);
        assertThat(decide(lax, ANYBODY, 500)).isNull();
        assertThat(decide(lax, ANYBODY, 302)).isNull();
        assertThat(stored(lax, ANYBODY, 302, "Cache-Control", "public").freshFor())
                .isEqualTo(30);
        assertThat(decide(lax, ANYBODY, 200, "Cache-Control", "max-age=0")).isNull();
    }

    @Test
    void section423AgeThatItComesWith() {
        assertThat(stored("Cache-Control", "max-age=9", "Age", "4").age(NOW.toEpochMilli()))
                .isEqualTo(4);
        assertThat(decide("Cache-Control", "max-age=9", "Age", "9")).isNull();
        assertThat(stored("Cache-Control", "max-age=9", "Date", "Wed, 31 Dec 2025 23:59:57 GMT")
                        .age(NOW.plusSeconds(2).toEpochMilli()))
                .isEqualTo(5);
        assertThat(stored("Cache-Control", "max-age=9").age(NOW.minusSeconds(9).toEpochMilli()))
                .as("the clock of another member is ahead")
                .isZero();
    }

    @Test
    void section424WhatMayBeServedStale() {
        Freshness usual = stored(lax, ANYBODY, 200);
        assertThat(usual.whileRevalidating()).isEqualTo(5);
        assertThat(usual.ifError()).isEqualTo(7);
        assertThat(usual.mayBeStale()).isTrue();
        for (String each : new String[] {"must-revalidate", "proxy-revalidate"}) {
            Freshness never = stored(
                    lax,
                    ANYBODY,
                    200,
                    "Cache-Control",
                    "max-age=9, stale-while-revalidate=3, stale-if-error=3, " + each);
            assertThat(never.whileRevalidating()).isZero();
            assertThat(never.ifError()).isZero();
            assertThat(never.mayBeStale()).isFalse();
        }
        Freshness shared = stored(lax, ANYBODY, 200, "Cache-Control", "s-maxage=9, stale-if-error=3");
        assertThat(shared.mayBeStale()).isFalse();
        assertThat(shared.whileRevalidating()).as("the usual does not count").isZero();
        assertThat(shared.ifError()).as("its own word does").isEqualTo(3);
    }

    @Test
    void section5215TheClientMayForbidIt() {
        assertThat(decide(strict, new StoringRules.Asked(false, true, false), 200, "Cache-Control", "max-age=9"))
                .isNull();
    }
}
