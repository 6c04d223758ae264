package io.flotilla.cache.internal;

import static java.util.Objects.requireNonNull;

import io.flotilla.cache.BulkLoader;
import io.flotilla.cache.Cache;
import io.flotilla.cache.CacheEntry;
import io.flotilla.cache.CacheLoader;
import io.flotilla.cache.CacheStatistics;
import io.flotilla.cache.EntryOptions;
import io.flotilla.cache.internal.load.BulkLoading;
import io.flotilla.cache.internal.load.BulkSource;
import io.flotilla.cache.internal.load.Found;
import io.flotilla.cache.internal.load.Loading;
import io.flotilla.cache.internal.load.Reading;
import io.flotilla.cache.internal.load.Source;
import io.flotilla.cache.internal.load.Tags;
import io.flotilla.cache.internal.protocol.Condition;
import io.flotilla.cache.internal.tier.Generations;
import io.flotilla.cache.internal.tier.Payloads;
import io.flotilla.cache.internal.wire.CacheKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One cache of a running cluster. */
final class RunningCache<K, V> implements Cache<K, V> {
    private final String name;
    private final Keys<K> keys;
    private final Class<V> type;
    private final Payloads<V> payloads;
    private final Reading<V> reading;
    private final Loading<V> loading;
    private final BulkLoading<V> bulk;
    private final Writing<V> writing;
    private final Generations generations;
    private final Gauges gauges;

    RunningCache(
            Keys<K> keys,
            Class<V> type,
            String name,
            Payloads<V> payloads,
            Reading<V> reading,
            Loading<V> loading,
            BulkLoading<V> bulk,
            Writing<V> writing,
            Generations generations,
            Gauges gauges) {
        this.name = name;
        this.keys = keys;
        this.type = type;
        this.payloads = payloads;
        this.reading = reading;
        this.loading = loading;
        this.bulk = bulk;
        this.writing = writing;
        this.generations = generations;
        this.gauges = gauges;
    }

    boolean isOf(Class<?> keyType, Class<?> valueType) {
        return keys.type().equals(keyType) && type.equals(valueType);
    }

    String types() {
        return keys.type().getName() + " and " + type.getName();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Optional<V> get(K key) {
        Found<V> found = find(keys.of(key));
        return found == null ? Optional.empty() : Optional.ofNullable(payloads.valueOf(found.held()));
    }

    @Override
    public Optional<CacheEntry<V>> entry(K key) {
        return Optional.ofNullable(find(keys.of(key))).map(this::entryOf);
    }

    private @Nullable Found<V> find(CacheKey key) {
        Found<V> near = reading.near(key);
        return near == null ? reading.look(key) : near;
    }

    private CacheEntry<V> entryOf(Found<V> found) {
        return new CacheEntry<>(payloads.valueOf(found.held()), found.tier(), found.stale(), found.version());
    }

    @Override
    public @Nullable V getOrLoad(K key, CacheLoader<? super K, V> loader) {
        return payloads.valueOf(load(key, loader).held());
    }

    @Override
    public CacheEntry<V> entryOrLoad(K key, CacheLoader<? super K, V> loader) {
        return entryOf(load(key, loader));
    }

    private Found<V> load(K key, CacheLoader<? super K, V> loader) {
        requireNonNull(loader, "loader");
        return loading.get(keys.of(key), Source.of(key, loader));
    }

    /**
     * Loads what is there anew, on this thread, if nobody does just now; nobody waits for it.
     *
     * @return whether the loader was called
     */
    boolean refresh(K key, CacheLoader<? super K, V> loader) {
        return loading.renew(keys.of(key), Source.of(key, loader));
    }

    @Override
    public Map<K, V> getAll(Collection<? extends K> some) {
        Map<CacheKey, K> keysOf = keysOf(some);
        Map<CacheKey, Found<V>> found = new HashMap<>();
        Set<CacheKey> far = new LinkedHashSet<>();
        for (CacheKey each : keysOf.keySet()) {
            Found<V> near = reading.near(each);
            if (near == null) {
                far.add(each);
            } else {
                found.put(each, near);
            }
        }
        if (!far.isEmpty()) {
            found.putAll(reading.lookAll(far));
        }
        return valuesOf(keysOf, found);
    }

    @Override
    public Map<K, V> getOrLoadAll(Collection<? extends K> some, BulkLoader<K, V> loader) {
        requireNonNull(loader, "loader");
        Map<CacheKey, K> keysOf = keysOf(some);
        return valuesOf(keysOf, bulk.get(keysOf.keySet(), BulkSource.of(keysOf, loader)));
    }

    private Map<CacheKey, K> keysOf(Collection<? extends K> some) {
        Map<CacheKey, K> keysOf = new LinkedHashMap<>();
        some.forEach(each -> keysOf.put(keys.of(each), each));
        return keysOf;
    }

    /** In the order of the keys; what is known to be nothing is missing. */
    private Map<K, V> valuesOf(Map<CacheKey, K> keysOf, Map<CacheKey, Found<V>> found) {
        Map<K, V> values = new LinkedHashMap<>();
        keysOf.forEach((cacheKey, key) -> {
            Found<V> each = found.get(cacheKey);
            V value = each == null ? null : payloads.valueOf(each.held());
            if (value != null) {
                values.put(key, value);
            }
        });
        return values;
    }

    @Override
    public void put(K key, V value) {
        put(key, value, EntryOptions.DEFAULT);
    }

    @Override
    public void put(K key, V value, EntryOptions options) {
        boolean always = writing.put(keys.of(key), checked(value), options, Condition.NONE);
        assert always;
    }

    @Override
    public void putAll(Map<? extends K, ? extends V> values) {
        putAll(values, EntryOptions.DEFAULT);
    }

    @Override
    public void putAll(Map<? extends K, ? extends V> values, EntryOptions options) {
        Map<CacheKey, V> checked = new LinkedHashMap<>();
        values.forEach((key, value) -> checked.put(keys.of(key), checked(value)));
        writing.putAll(checked, options);
    }

    @Override
    public boolean putIfAbsent(K key, V value, EntryOptions options) {
        CacheKey cacheKey = keys.of(key);
        Condition absent = new Condition(Condition.Kind.ABSENT, writing.voidVersion(cacheKey));
        return writing.put(cacheKey, checked(value), options, absent);
    }

    @Override
    public boolean replace(K key, V value) {
        CacheKey cacheKey = keys.of(key);
        Condition present = new Condition(Condition.Kind.PRESENT, writing.voidVersion(cacheKey));
        return writing.put(cacheKey, checked(value), EntryOptions.DEFAULT, present);
    }

    @Override
    public boolean replace(K key, V value, long version) {
        CacheKey cacheKey = keys.of(key);
        Condition same = new Condition(Condition.Kind.VERSION, version);
        return writing.voidVersion(cacheKey) != version
                && writing.put(cacheKey, checked(value), EntryOptions.DEFAULT, same);
    }

    @Override
    public boolean compareAndSet(K key, V expected, V value) {
        requireNonNull(expected, "expected");
        Found<V> present = reading.look(keys.of(key));
        return present != null
                && expected.equals(payloads.valueOf(present.held()))
                && replace(key, value, present.version());
    }

    @Override
    public long add(K key, long amount) {
        return writing.add(keys.of(key), amount);
    }

    @Override
    public void invalidate(K key) {
        writing.invalidate(keys.of(key));
    }

    @Override
    public void invalidateAll(Collection<? extends K> some) {
        writing.invalidateAll(keysOf(some).keySet());
    }

    @Override
    public void invalidateTags(String... tags) {
        for (String each : Tags.checked(Set.copyOf(List.of(tags)))) {
            generations.renewTag(name, each);
        }
    }

    @Override
    public void clear() {
        writing.clear();
    }

    @Override
    public CacheStatistics statistics() {
        return gauges.statistics();
    }

    private V checked(V value) {
        requireNonNull(value, "value");
        if (!type.isInstance(value)) {
            throw new ClassCastException("values of cache '" + name + "' are of " + type.getName() + ", was of "
                    + value.getClass().getName());
        }
        return value;
    }
}
