package io.flotilla.cache.internal;

import io.flotilla.spi.codec.CodecSettings;
import java.util.Map;

/** The settings of the cache module. */
public record CachesConfig(Map<String, CacheConfig> caches, CodecSettings values) {
    public CachesConfig {
        caches = Map.copyOf(caches);
    }
}
