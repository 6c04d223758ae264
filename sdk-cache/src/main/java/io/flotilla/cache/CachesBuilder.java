package io.flotilla.cache;

import static java.util.Objects.requireNonNull;

import io.flotilla.cache.internal.CacheConfig;
import io.flotilla.cache.internal.CachesConfig;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Settings of the cache module: the caches. Not thread-safe.
 *
 * @since 0.1
 */
public final class CachesBuilder {
    private final Map<String, CacheConfig> caches = new LinkedHashMap<>();

    CachesBuilder() {}

    /**
     * Describes a cache.
     *
     * @param name its name: 1 to 64 letters, digits, {@code -}, {@code _} or {@code .}
     * @param settings changes its settings, which should be the same on all members
     * @return this builder
     * @throws IllegalArgumentException if the name or a setting is out of range
     * @throws IllegalStateException if the cache is described twice
     */
    public CachesBuilder cache(String name, Consumer<CacheBuilder> settings) {
        if (caches.putIfAbsent(name, describe(name, settings)) != null) {
            throw new IllegalStateException("caches.cache '" + name + "' is described twice");
        }
        return this;
    }

    /**
     * The settings of a cache, for the module itself.
     *
     * @param name its name
     * @param settings changes its settings
     * @return the settings
     */
    public static CacheConfig describe(String name, Consumer<CacheBuilder> settings) {
        CacheBuilder builder = new CacheBuilder(requireNonNull(name, "name"));
        settings.accept(builder);
        return builder.build();
    }

    CachesConfig build() {
        return new CachesConfig(caches);
    }
}
