package io.flotilla.cache.internal.load;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.flotilla.cache.internal.wire.CacheKey;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Keys that need not be asked for again for a while. Forgets some of them if there are very many. Thread-safe. */
final class Pauses {
    private static final int MOST = 10_000;

    private final Cache<CacheKey, Long> until =
            Caffeine.newBuilder().maximumSize(MOST).build();
    private final LongSupplier ticker;

    Pauses(LongSupplier ticker) {
        this.ticker = ticker;
    }

    void pause(CacheKey key, Duration time) {
        until.put(key, ticker.getAsLong() + time.toNanos());
    }

    boolean isPaused(CacheKey key) {
        Long end = until.getIfPresent(key);
        return end != null && ticker.getAsLong() - end < 0;
    }
}
