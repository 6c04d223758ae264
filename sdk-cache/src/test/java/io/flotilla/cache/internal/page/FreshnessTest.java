package io.flotilla.cache.internal.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.flotilla.cache.internal.page.Freshness.Use;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

final class FreshnessTest {
    private static final CacheControl NOTHING = CacheControl.of(List.of());

    private static Freshness page(long freshFor, long whileRevalidating, long ifError, boolean mayBeStale) {
        return new Freshness(0, 0, freshFor, whileRevalidating, ifError, mayBeStale, false);
    }

    private static Use use(Freshness page, long age, String request) {
        return page.use(age * 1_000, CacheControl.of(List.of(request)));
    }

    @Test
    void rfc9111Section42() {
        assertThat(use(page(10, 0, 0, true), 9, "")).isEqualTo(Use.FRESH);
        assertThat(use(page(10, 0, 0, true), 10, "")).isEqualTo(Use.RELOAD);
    }

    @Test
    void rfc9111Section521RequestsNarrowAndWidenIt() {
        Freshness page = page(10, 0, 0, true);
        assertThat(use(page, 0, "no-cache")).isEqualTo(Use.RELOAD);
        assertThat(use(page, 5, "max-age=5")).isEqualTo(Use.FRESH);
        assertThat(use(page, 5, "max-age=4")).isEqualTo(Use.RELOAD);
        assertThat(use(page, 5, "min-fresh=5")).isEqualTo(Use.FRESH);
        assertThat(use(page, 5, "min-fresh=6")).isEqualTo(Use.RELOAD);
        assertThat(use(page, 15, "max-stale=5")).isEqualTo(Use.STALE);
        assertThat(use(page, 16, "max-stale=5")).isEqualTo(Use.RELOAD);
        assertThat(use(page, 1_000, "max-stale")).isEqualTo(Use.STALE);
        assertThat(use(page, 1_000, "max-stale, max-age=999")).isEqualTo(Use.RELOAD);
        assertThat(use(page(10, 0, 0, false), 11, "max-stale")).isEqualTo(Use.RELOAD);
    }

    @Test
    void rfc5861() {
        Freshness page = page(10, 5, 9, true);
        assertThat(use(page, 14, "")).isEqualTo(Use.REVALIDATE_BEHIND);
        assertThat(use(page, 15, "")).isEqualTo(Use.RELOAD_OR_STALE);
        assertThat(use(page, 18, "")).isEqualTo(Use.RELOAD_OR_STALE);
        assertThat(use(page, 19, "")).isEqualTo(Use.RELOAD);
        assertThat(page.usableFor()).hasSeconds(19);
    }

    /** Whatever is said: what is served without a look at the servlet is fresh, or may be stale for that long. */
    @Property
    void nothingIsServedThatIsTooOld(
            @ForAll @LongRange(min = 1, max = 100) long freshFor,
            @ForAll @LongRange(max = 100) long whileRevalidating,
            @ForAll @LongRange(max = 100) long ifError,
            @ForAll @LongRange(max = 400) long age,
            @ForAll boolean mayBeStale) {
        Use use = page(freshFor, whileRevalidating, ifError, mayBeStale).use(age * 1_000, NOTHING);
        assertThat(use == Use.FRESH).isEqualTo(age < freshFor);
        assertThat(use).isNotEqualTo(Use.STALE);
        if (use == Use.REVALIDATE_BEHIND) {
            assertThat(age).isLessThan(freshFor + whileRevalidating);
        }
        if (age >= freshFor + Math.max(whileRevalidating, ifError)) {
            assertThat(use).isEqualTo(Use.RELOAD);
        }
    }
}
