package io.flotilla.cache.internal.page;

import io.flotilla.cache.Cache;
import io.flotilla.cache.CacheLoader;
import io.flotilla.cache.internal.CacheConfig;
import io.flotilla.spi.Check;

/**
 * Where pages are stored.
 *
 * @param cache the cache
 * @param refreshing what loads anew what is there
 * @param config the cache's settings
 */
public record PageTier(Cache<String, Stored> cache, Refreshing refreshing, CacheConfig config) {

    /** Loads a value anew though it is there, on the calling thread. */
    public interface Refreshing {
        /** Does so; false if another one is at it: the loader was not called then. */
        boolean refresh(String key, CacheLoader<? super String, Stored> loader);
    }

    /** Pages are loaded by the threads of requests, and know themselves how long they may do. */
    public static void check(CacheConfig config) {
        boolean suits = config.times().staleFor().isZero()
                && config.loading().refreshAhead() == null
                && config.loading().earlyRefresh() == null;
        Check.that(
                suits,
                "pages.cache must be without staleFor, refreshAhead and earlyRefresh, was '%s' with one of them",
                config.name());
    }
}
