package io.flotilla.cache;

import io.flotilla.cache.internal.CachesModule;
import io.flotilla.spi.ClusterModule;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The caches of a cluster.
 *
 * <pre>{@code
 * Cluster cluster = Cluster.builder("shop")
 *         .install(Caches.module(c -> c.cache("prices", p -> p.ttl(Duration.ofMinutes(5)).staleFor(Duration.ofHours(1)))))
 *         .start();
 * Cache<String, Price> prices = cluster.get(Caches.class).cache("prices", String.class, Price.class);
 * Price price = prices.getOrLoad("A-7", (key, load) -> database.priceOf(key));
 * }</pre>
 *
 * <p>Thread-safe.
 *
 * @since 0.1
 */
public interface Caches {

    /**
     * The module with its defaults, and no cache yet.
     *
     * @return the module, for {@code ClusterBuilder.install}
     */
    static ClusterModule<Caches> module() {
        return module(defaults -> {});
    }

    /**
     * The module with settings.
     *
     * @param settings changes the settings
     * @return the module, for {@code ClusterBuilder.install}
     * @throws IllegalArgumentException if a setting is out of range
     */
    static ClusterModule<Caches> module(Consumer<CachesBuilder> settings) {
        CachesBuilder builder = new CachesBuilder();
        settings.accept(builder);
        return new CachesModule(builder.build());
    }

    /**
     * Returns a cache. One that was not described to {@link CachesBuilder#cache} begins now, with the default settings.
     *
     * @param name the cache's name
     * @param keys the type of the keys: {@code String}, {@code Integer}, {@code Long}, {@code UUID} or an enum
     * @param values the type of the values
     * @param <K> the type of the keys
     * @param <V> the type of the values
     * @return the cache; the same object for the same name
     * @throws IllegalArgumentException if the name or the type of the keys is none that a cache can have
     * @throws IllegalStateException if the cache is in use with other types
     */
    <K, V> Cache<K, V> cache(String name, Class<K> keys, Class<V> values);

    /**
     * Begins a cache at run time, which was not described before.
     *
     * @param name the cache's name
     * @param keys the type of the keys: {@code String}, {@code Integer}, {@code Long}, {@code UUID} or an enum
     * @param values the type of the values
     * @param settings changes the settings; those of the second tier should be the same on all members
     * @param <K> the type of the keys
     * @param <V> the type of the values
     * @return the cache
     * @throws IllegalArgumentException if a setting, the name or the type of the keys is none that a cache can have
     * @throws IllegalStateException if the cache is there already
     */
    <K, V> Cache<K, V> cache(String name, Class<K> keys, Class<V> values, Consumer<CacheBuilder> settings);

    /**
     * Returns a page cache: a filter that stores whole responses. The cache beneath has this name; how much it may hold, and
     * on how many members, says {@link CachesBuilder#cache} under it.
     *
     * @param name the cache's name
     * @param settings changes the settings of the page cache
     * @return the page cache; the same object for the same name
     * @throws IllegalArgumentException if a setting or the name is none that it can have, or the cache beneath has a setting
     *     that does not suit pages
     * @throws IllegalStateException if the cache is in use for something else
     */
    PageCache pageCache(String name, Consumer<PageCacheBuilder> settings);

    /**
     * Returns the names of the caches that this member knows of.
     *
     * @return the names
     */
    Set<String> names();
}
