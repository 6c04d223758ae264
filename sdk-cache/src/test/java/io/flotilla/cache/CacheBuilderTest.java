package io.flotilla.cache;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class CacheBuilderTest {

    static Stream<Arguments> refused() {
        return Stream.of(
                refused(c -> c.ttl(Duration.ZERO), "cache.ttl must be between PT0.001S and PT87600H, was PT0S"),
                refused(
                        c -> c.staleFor(Duration.ofSeconds(-1)),
                        "cache.staleFor must be between PT0S and PT87600H, was PT-1S"),
                refused(
                        c -> c.negativeTtl(Duration.ZERO),
                        "cache.negativeTtl must be between PT0.001S and PT87600H, was PT0S"),
                refused(c -> c.jitter(1), "cache.jitter must be between 0 and 0.9, was 1.0"),
                refused(c -> c.backups(7), "cache.backups must be between 0 and 6, was 7"),
                refused(c -> c.maxEntriesNear(0), "cache.maxEntriesNear must be between 1 and 1000000000, was 0"),
                refused(c -> c.maxBytesNear(1), "cache.maxBytesNear must be between 1024 and 1099511627776, was 1"),
                refused(
                        c -> c.maxEntriesPerMember(999),
                        "cache.maxEntriesPerMember must be between 1000 and 1000000000, was 999"),
                refused(
                        c -> c.maxBytesPerMember(1),
                        "cache.maxBytesPerMember must be between 1048576 and 1099511627776, was 1"),
                refused(
                        c -> c.maxEntriesNear(5).maxBytesNear(2_000),
                        "cache.maxEntriesNear must not be set together with cache.maxBytesNear, was 5 with 2000"),
                refused(
                        c -> c.maxEntriesPerMember(5_000).maxBytesPerMember(2_000_000),
                        "cache.maxEntriesPerMember must not be set together with cache.maxBytesPerMember, was 5000 with"
                                + " 2000000"),
                refused(
                        c -> c.loadTimeout(Duration.ofMillis(9)),
                        "cache.loadTimeout must be between PT0.01S and PT1H, was PT0.009S"),
                refused(
                        c -> c.softTimeout(Duration.ofMinutes(1)),
                        "cache.softTimeout must be between PT0.001S and PT30S, was PT1M"),
                refused(
                        c -> c.softTimeout(Duration.ofSeconds(1)),
                        "cache.softTimeout must be set together with cache.staleFor, was PT1S without it"),
                refused(
                        c -> c.retryAfter(Duration.ZERO),
                        "cache.retryAfter must be between PT0.001S and PT1H, was PT0S"),
                refused(c -> c.refreshAhead(1), "cache.refreshAhead must be between 0.1 and 0.99, was 1.0"),
                refused(c -> c.earlyRefresh(0), "cache.earlyRefresh must be between 0.1 and 10, was 0.0"));
    }

    private static Arguments refused(Consumer<CacheBuilder> settings, String message) {
        return Arguments.of(settings, message);
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatMakesNoSenseIsRefused(Consumer<CacheBuilder> settings, String message) {
        assertThatThrownBy(() -> CachesBuilder.describe("prices", settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void namesAreChecked() {
        assertThatCode(() -> CachesBuilder.describe("shop.prices-2_b", settings -> {}))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> CachesBuilder.describe("$tags", settings -> {}))
                .hasMessage(
                        "cache.name must be 1 to 64 letters, digits, '-', '_' or '.', the first a letter or a digit,"
                                + " was $tags");
    }

    @Test
    void nothingIsSetTwice() {
        assertThatThrownBy(
                        () -> CachesBuilder.describe("prices", c -> c.backups(1).backups(2)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("cache.backups is set twice: first to 1, then to 2");
        assertThatThrownBy(() -> Caches.module(c -> c.cache("prices", p -> {}).cache("prices", p -> {})))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("caches.cache 'prices' is described twice");
    }
}
