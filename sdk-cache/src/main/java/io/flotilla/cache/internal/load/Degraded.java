package io.flotilla.cache.internal.load;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.flotilla.ClusterUnavailableException;
import io.flotilla.cache.CacheLoadException;
import io.flotilla.cache.internal.protocol.Times;
import io.flotilla.cache.internal.wire.CacheKey;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes on with the loader while the cluster cannot answer. What is loaded then is kept on this member for as long as a proof
 * lasts, counted from the beginning of its load, so that the bound of staleness holds. Thread-safe.
 */
final class Degraded<V> {
    private static final Logger log = LoggerFactory.getLogger(Degraded.class);
    private static final int MOST = 10_000;

    private final Cache<CacheKey, Kept<V>> kept =
            Caffeine.newBuilder().maximumSize(MOST).build();
    private final Origin<V> origin;
    private final Reading<V> reading;
    private final boolean allowsStale;
    private final LongSupplier ticker;

    private record Kept<V>(Found<V> found, long loadedAt) {}

    Degraded(Origin<V> origin, Reading<V> reading, boolean allowsStale, LongSupplier ticker) {
        this.origin = origin;
        this.reading = reading;
        this.allowsStale = allowsStale;
        this.ticker = ticker;
    }

    Found<V> get(CacheKey key, Source<V> source, ClusterUnavailableException why) {
        log.debug("the cluster does not answer; the loader is asked", why);
        long now = ticker.getAsLong();
        Kept<V> present = kept.getIfPresent(key);
        if (present != null && now - present.loadedAt() < Times.PROOF.toNanos()) {
            return present.found();
        }
        Found<V> found = load(key, source);
        kept.put(key, new Kept<>(found, now));
        return found;
    }

    private Found<V> load(CacheKey key, Source<V> source) {
        try {
            return origin.loadUnstored(key, source);
        } catch (CacheLoadException failure) {
            Found<V> stale = allowsStale ? reading.nearAndStale(key) : null;
            if (stale == null) {
                throw failure;
            }
            return stale;
        }
    }

    /** This member has changed a key, or has tried to. */
    void forget(CacheKey key) {
        kept.invalidate(key);
    }
}
