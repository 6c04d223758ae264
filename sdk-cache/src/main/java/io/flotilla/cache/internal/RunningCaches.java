package io.flotilla.cache.internal;

import static java.util.Objects.requireNonNull;

import io.flotilla.cache.Cache;
import io.flotilla.cache.CacheBuilder;
import io.flotilla.cache.Caches;
import io.flotilla.cache.CachesBuilder;
import io.flotilla.cache.PageCache;
import io.flotilla.cache.PageCacheBuilder;
import io.flotilla.cache.internal.page.PageSettings;
import io.flotilla.cache.internal.page.PageTier;
import io.flotilla.cache.internal.page.RunningPageCache;
import io.flotilla.cache.internal.page.Stored;
import io.flotilla.spi.ModuleContext;
import io.flotilla.spi.RunningModule;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** The cache module of a running cluster. */
final class RunningCaches implements Caches, RunningModule<Caches> {
    private final ModuleContext context;
    private final CacheFactories factories;
    // guarded by this
    private final Map<String, CacheConfig> described;
    private final Map<String, RunningCache<?, ?>> caches = new LinkedHashMap<>();
    private final Map<String, PageCache> pageCaches = new LinkedHashMap<>();

    RunningCaches(CachesConfig config, ModuleContext context) {
        this.context = context;
        described = new LinkedHashMap<>(config.caches());
        factories = new CacheFactories(context, config.values());
    }

    @Override
    public synchronized <K, V> Cache<K, V> cache(String name, Class<K> keys, Class<V> values) {
        RunningCache<?, ?> present = caches.get(requireNonNull(name, "name"));
        if (present == null) {
            CacheConfig config = described.get(name);
            return begin(config == null ? CachesBuilder.describe(name, defaults -> {}) : config, keys, values);
        }
        if (!present.isOf(keys, values)) {
            throw new IllegalStateException("cache '" + name + "' is in use with keys and values of " + present.types()
                    + ", not of " + keys.getName() + " and " + values.getName());
        }
        @SuppressWarnings("unchecked") // as was just found out
        RunningCache<K, V> same = (RunningCache<K, V>) present;
        return same;
    }

    @Override
    public synchronized <K, V> Cache<K, V> cache(
            String name, Class<K> keys, Class<V> values, Consumer<CacheBuilder> settings) {
        if (caches.containsKey(name) || described.containsKey(name)) {
            throw new IllegalStateException("cache '" + name + "' is there already");
        }
        return begin(CachesBuilder.describe(name, settings), keys, values);
    }

    @Override
    public synchronized PageCache pageCache(String name, Consumer<PageCacheBuilder> settings) {
        PageCache present = pageCaches.get(requireNonNull(name, "name"));
        return present == null ? beginPages(name, PageCacheBuilder.describe(settings)) : present;
    }

    private PageCache beginPages(String name, PageSettings settings) {
        CacheConfig config = described.get(name);
        CacheConfig beneath = config == null ? CachesBuilder.describe(name, defaults -> {}) : config;
        PageTier.check(beneath);
        Cache<String, Stored> cache = cache(name, String.class, Stored.class);
        PageTier tier = new PageTier(cache, ((RunningCache<String, Stored>) cache)::refresh, beneath);
        PageCache pages = new RunningPageCache(tier, settings, context);
        pageCaches.put(name, pages);
        return pages;
    }

    private <K, V> Cache<K, V> begin(CacheConfig config, Class<K> keys, Class<V> values) {
        boolean isNew = !described.containsKey(config.name());
        RunningCache<K, V> cache = factories.begin(config, keys, values, isNew);
        caches.put(config.name(), cache);
        return cache;
    }

    @Override
    public synchronized Set<String> names() {
        Set<String> names = new TreeSet<>(described.keySet());
        names.addAll(caches.keySet());
        return Set.copyOf(names);
    }

    @Override
    public Caches api() {
        return this;
    }

    @Override
    public void close() {
        factories.close();
    }
}
