package io.flotilla.cache.internal.page;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** What a page cache counts; the only class of the package with meter names. */
final class PageMeters {
    private final Map<Result, Counter> requests = new EnumMap<>(Result.class);

    PageMeters(String cache, MeterRegistry meters) {
        for (Result each : Result.values()) {
            requests.put(
                    each,
                    Counter.builder("flotilla.pages.requests")
                            .tags("cache", cache, "result", each.name().toLowerCase(Locale.ROOT))
                            .register(meters));
        }
    }

    void count(Result result) {
        Counter counter = requests.get(result);
        if (counter != null) {
            counter.increment();
        }
    }
}
