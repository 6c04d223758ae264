package io.flotilla.cache.internal;

import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.stats.CacheStats;
import com.github.benmanes.caffeine.cache.stats.StatsCounter;
import java.util.concurrent.atomic.LongAdder;

/** Counts what had no space, and nothing else: what is looked up is counted where it is known what it was worth. */
final class Evictions implements StatsCounter {
    private final LongAdder count = new LongAdder();

    @Override
    public void recordHits(int number) {}

    @Override
    public void recordMisses(int number) {}

    @Override
    public void recordLoadSuccess(long nanos) {}

    @Override
    public void recordLoadFailure(long nanos) {}

    @Override
    public void recordEviction(int weight, RemovalCause cause) {
        count.increment();
    }

    @Override
    public CacheStats snapshot() {
        return CacheStats.of(0, 0, 0, 0, 0, count.sum(), 0);
    }
}
