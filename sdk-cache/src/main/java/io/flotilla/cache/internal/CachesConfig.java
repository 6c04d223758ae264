package io.flotilla.cache.internal;

import java.util.Map;

/** The settings of the cache module. */
public record CachesConfig(Map<String, CacheConfig> caches) {
    public CachesConfig {
        caches = Map.copyOf(caches);
    }
}
