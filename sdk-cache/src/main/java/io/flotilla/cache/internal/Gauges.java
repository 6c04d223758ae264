package io.flotilla.cache.internal;

import com.hazelcast.map.IMap;
import com.hazelcast.map.LocalMapStats;
import io.flotilla.cache.CacheStatistics;
import io.flotilla.cache.internal.tier.Store;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * What one member can tell of one cache, under Micrometer's own names for caches, and for people. The only class of the module
 * with meter names.
 */
final class Gauges {
    private final Counts counts;
    private final Store<?> store;
    private final @Nullable IMap<?, ?> map;

    /** @param map the map of the second tier; null if there is none */
    Gauges(Counts counts, Store<?> store, @Nullable IMap<?, ?> map) {
        this.counts = counts;
        this.store = store;
        this.map = map;
    }

    Counts counts() {
        return counts;
    }

    void register(String cache, MeterRegistry meters) {
        Tags tags = Tags.of("cache", cache, "cache.manager", "flotilla", "name", cache);
        counter(meters, "cache.gets", tags.and("result", "hit", "tier", "l1"), counts.l1Hits);
        counter(meters, "cache.gets", tags.and("result", "hit", "tier", "l2"), counts.l2Hits);
        counter(meters, "cache.gets", tags.and("result", "miss", "tier", "none"), counts.misses);
        counter(meters, "cache.gets", tags.and("result", "stale", "tier", "none"), counts.staleHits);
        counter(meters, "cache.load", tags.and("result", "success"), counts.loads);
        counter(meters, "cache.load", tags.and("result", "failure"), counts.loadFailures);
        counter(meters, "cache.puts", tags, counts.changes);
        FunctionCounter.builder("cache.evictions", store, Store::evictions)
                .tags(tags)
                .register(meters);
        Gauge.builder("cache.size", store, Store::nearCount)
                .tags(tags.and("tier", "l1"))
                .strongReference(true)
                .register(meters);
    }

    private static void counter(MeterRegistry meters, String name, Tags tags, LongAdder count) {
        FunctionCounter.builder(name, count, LongAdder::sum).tags(tags).register(meters);
    }

    CacheStatistics statistics() {
        LocalMapStats second = map == null ? null : map.getLocalMapStats();
        return new CacheStatistics(
                counts.l1Hits.sum(),
                counts.l2Hits.sum(),
                counts.misses.sum(),
                counts.staleHits.sum(),
                counts.loads.sum(),
                counts.loadFailures.sum(),
                counts.changes.sum(),
                store.evictions(),
                store.nearCount(),
                second == null ? 0 : second.getOwnedEntryCount(),
                second == null ? 0 : second.getHeapCost());
    }
}
