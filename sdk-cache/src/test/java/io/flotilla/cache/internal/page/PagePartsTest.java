package io.flotilla.cache.internal.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flotilla.cache.PageCacheBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class PagePartsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void rfc9110Section567ReadsAllFormsOfDates() {
        Instant date = Instant.parse("1994-11-06T08:49:37Z");
        assertThat(HttpDates.parse("Sun, 06 Nov 1994 08:49:37 GMT", NOW)).isEqualTo(date);
        assertThat(HttpDates.parse("Sunday, 06-Nov-94 08:49:37 GMT", NOW)).isEqualTo(date);
        assertThat(HttpDates.parse("Sun Nov  6 08:49:37 1994", NOW)).isEqualTo(date);
        assertThat(HttpDates.parse("0", NOW)).isNull();
        assertThat(HttpDates.format(date)).isEqualTo("Sun, 06 Nov 1994 08:49:37 GMT");
    }

    @Test
    void rfc9111Section52ReadsDirectives() {
        CacheControl control = CacheControl.of(List.of("Max-Age=\"5\" , private=\"a, no-store\"", "x, max-age=7"));
        assertThat(control.seconds("max-age")).hasValue(5);
        assertThat(control.has("private")).isTrue();
        assertThat(control.has("no-store")).as("quoted").isFalse();
        assertThat(control.isBare("x")).isTrue();
        assertThat(control.seconds("none")).isEmpty();
    }

    @Test
    void queriesCountAsTheyAreSetTo() {
        assertThat(KeyedQuery.ALL.keyOf("b=2&a=1&b=1")).isEqualTo("a=1&b=2&b=1");
        assertThat(KeyedQuery.NONE.keyOf("b=2")).isEmpty();
        assertThat(KeyedQuery.only(Set.of("a")).keyOf("b=2&%61=1")).isEqualTo("%61=1");
        assertThat(KeyedQuery.allBut(Set.of("a")).keyOf("b=2&a=1&%zz")).isEqualTo("%zz&b=2");
        assertThat(KeyedQuery.ALL.keyOf(null)).isEmpty();
    }

    @Test
    void rfc9110Section1253() {
        assertThat(AcceptEncoding.of(List.of("br, GZIP;q=0.5")).gzip()).isTrue();
        assertThat(AcceptEncoding.of(List.of("*")).gzip()).isTrue();
        assertThat(AcceptEncoding.of(List.of("gzip;q=0, *")).gzip()).isFalse();
        assertThat(AcceptEncoding.of(List.of("gzip;q=0.000")).gzip()).isFalse();
        assertThat(AcceptEncoding.of(List.of("br")).gzip()).isFalse();
        assertThat(AcceptEncoding.of(List.of()).gzip()).isFalse();
    }

    @Test
    void typesAndEncodingsAreKeptApart() {
        assertThat(ContentType.NONE.withType("text/html; charset=\"utf-8\"").field())
                .isEqualTo("text/html;charset=utf-8");
        assertThat(ContentType.NONE
                        .withType("text/html")
                        .fixed("ISO-8859-1")
                        .withType("text/plain;charset=utf-8")
                        .field())
                .isEqualTo("text/plain;charset=ISO-8859-1");
        assertThat(ContentType.NONE.withCharset("utf-8").withType("a/b").field())
                .isEqualTo("a/b;charset=utf-8");
    }

    @Test
    void rfc9110Section8833TagsOfTwoFormsDiffer() {
        assertThat(PageMaker.gzipTag("\"a\"")).isEqualTo("\"a-gzip\"");
        assertThat(PageMaker.gzipTag("W/\"a\"")).isEqualTo("W/\"a\"");
        assertThat(Digests.entityTag("text".getBytes(UTF_8)))
                .as("the same on all members, of all releases")
                .isEqualTo("\"mC2ePrmW9VnmM_TRlN7zdh2Q\"");
    }

    @Test
    void settingsAreChecked() {
        refused(p -> p.ttl(Duration.ZERO), "pages.ttl must be between PT1S and PT8760H, was PT0S");
        refused(p -> p.maxBodySize(0), "pages.maxBodySize must be between 1 and 67108864, was 0");
        refused(
                p -> p.staleIfError(Duration.ofSeconds(-1)),
                "pages.staleIfError must be between PT0S and PT8760H, was PT-1S");
        refused(
                p -> p.staleWhileRevalidate(Duration.ofSeconds(-1)),
                "pages.staleWhileRevalidate must be between PT0S and PT8760H, was PT-1S");
        refused(
                p -> p.notStorableFor(Duration.ZERO),
                "pages.notStorableFor must be between PT0.001S and PT1H, was PT0S");
        refused(p -> p.tagsHeader("a b"), "pages.tagsHeader must be the name of a header field, was a b");
        refused(p -> p.vary("*:"), "pages.vary must be the name of a header field, was *:");
        assertThatThrownBy(() -> PageCacheBuilder.describe(p -> p.ignoreQuery().queryOnly("a")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("pages.query is set twice: first to none, then to only [a]");
    }

    private static void refused(Consumer<PageCacheBuilder> settings, String message) {
        assertThatThrownBy(() -> PageCacheBuilder.describe(settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
