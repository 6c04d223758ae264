package io.flotilla.cache.internal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.hazelcast.core.HazelcastInstance;
import io.flotilla.cache.CacheMode;
import io.flotilla.cache.internal.load.BulkLoading;
import io.flotilla.cache.internal.load.Flights;
import io.flotilla.cache.internal.load.Lifetimes;
import io.flotilla.cache.internal.load.Loading;
import io.flotilla.cache.internal.load.Origin;
import io.flotilla.cache.internal.load.Reading;
import io.flotilla.cache.internal.page.Stored;
import io.flotilla.cache.internal.protocol.NearValue;
import io.flotilla.cache.internal.protocol.Row;
import io.flotilla.cache.internal.tier.ClusterStore;
import io.flotilla.cache.internal.tier.Generations;
import io.flotilla.cache.internal.tier.Held;
import io.flotilla.cache.internal.tier.LocalStore;
import io.flotilla.cache.internal.tier.Payloads;
import io.flotilla.cache.internal.tier.Store;
import io.flotilla.cache.internal.tier.Stores;
import io.flotilla.cache.internal.tier.Streams;
import io.flotilla.cache.internal.wire.CacheKey;
import io.flotilla.spi.ModuleContext;
import io.flotilla.spi.codec.CodecSettings;
import io.flotilla.spi.codec.ValueFormats;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.function.ToIntFunction;

/** Puts the parts of caches together. */
final class CacheFactories {
    private static final int LOADERS = 8;
    private static final long GENERATIONS_NEAR = 100_000;

    private final ModuleContext context;
    private final LongSupplier elapsed;
    private final HazelcastInstance member;
    private final ClusterStore.Shared tiers;
    private final Loading.Shared loads;
    private final CodecSettings values;
    private final Generations generations;

    CacheFactories(ModuleContext context, CodecSettings values) {
        this.context = context;
        this.values = values;
        this.elapsed = elapsed(context.ticker());
        this.member = context.hazelcast();
        Flights flights = new Flights();
        Stores stores = new Stores(flights::woken);
        this.tiers = new ClusterStore.Shared(
                context, new Streams(context, elapsed, stores), stores, context.newPool("cleaning", 1));
        this.loads = new Loading.Shared(flights, context.newPool("loads", LOADERS), elapsed, this::id);
        this.generations = clusterGenerations();
    }

    /** Elapsed time from zero: the protocol compares points in time, which a ticker's own origin may let overflow. */
    private static LongSupplier elapsed(LongSupplier ticker) {
        long origin = ticker.getAsLong();
        return () -> ticker.getAsLong() - origin;
    }

    private UUID id() {
        return member.getCluster().getLocalMember().getUuid();
    }

    private Generations clusterGenerations() {
        Store<Long> tags = numbersOf(Generations.TAGS, CachesModule.TAGS);
        Store<Long> epochs = numbersOf(Generations.EPOCHS, CachesModule.EPOCHS);
        return new Generations(tags, epochs, numbers(), elapsed, this::id);
    }

    private Store<Long> numbersOf(String cache, String mapName) {
        return new ClusterStore<>(
                cache,
                mapName,
                numbers(),
                Caffeine.newBuilder().maximumSize(GENERATIONS_NEAR).<CacheKey, NearValue<CacheKey, Held<Long>>>build(),
                new ClusterStore.Flavour(true, true),
                tiers);
    }

    private Payloads<Long> numbers() {
        return payloads(Generations.TAGS, Long.class, false);
    }

    /** Values are of classes that their own type's loader finds. */
    private <V> Payloads<V> payloads(String cache, Class<V> type, boolean copies) {
        CodecSettings settings = type == Stored.class ? CodecSettings.defaults("cache") : values; // our own classes
        return new Payloads<>(cache, type, ValueFormats.of(settings, type.getClassLoader()), copies);
    }

    /**
     * Begins a cache.
     *
     * @param isNew whether the cluster has to be told how its second tier is to be
     */
    <K, V> RunningCache<K, V> begin(CacheConfig config, Class<K> keyType, Class<V> type, boolean isNew) {
        Keys<K> keys = new Keys<>(config.name(), keyType);
        Payloads<V> payloads = payloads(config.name(), type, config.copyOnRead());
        if (config.mode() == CacheMode.LOCAL) {
            return local(config, keys, type, payloads);
        }
        if (isNew) {
            member.getConfig().addMapConfig(CachesModule.mapOf(config));
        }
        ClusterStore<V> store = new ClusterStore<>(
                config.name(),
                CachesModule.mapName(config.name()),
                payloads,
                bounded(
                        config.bounds(),
                        (NearValue<CacheKey, Held<V>> near) -> near.value().weight()),
                new ClusterStore.Flavour(
                        config.mode() != CacheMode.L2_ONLY, config.mode() == CacheMode.SYNC_INVALIDATE),
                tiers);
        return cache(config, keys, type, payloads, store, generations, new Gauges(new Counts(), store, store.map()));
    }

    private <K, V> RunningCache<K, V> local(CacheConfig config, Keys<K> keys, Class<V> type, Payloads<V> payloads) {
        LocalStore<V> store = new LocalStore<>(
                payloads, bounded(config.bounds(), CacheFactories::<V>weight), elapsed, loads.flights()::woken);
        LocalStore<Long> numbers = new LocalStore<>(
                numbers(),
                Caffeine.newBuilder().maximumSize(GENERATIONS_NEAR).<CacheKey, Row<Held<Long>>>build(),
                elapsed,
                key -> {});
        Generations own = new Generations(numbers, numbers, numbers(), elapsed, this::id);
        return cache(config, keys, type, payloads, store, own, new Gauges(new Counts(), store, null));
    }

    private static <V> int weight(Row<Held<V>> row) {
        Held<V> held = row.value();
        return held == null ? 1 : held.weight();
    }

    private static <T> Cache<CacheKey, T> bounded(CacheConfig.Bounds bounds, ToIntFunction<T> weight) {
        Caffeine<Object, Object> builder =
                Caffeine.newBuilder().recordStats(Evictions::new).executor(Runnable::run);
        Long bytes = bounds.nearBytes();
        if (bytes == null) {
            return builder.maximumSize(bounds.nearEntriesOrDefault()).build();
        }
        return builder.maximumWeight(bytes)
                .weigher((CacheKey key, T value) -> weight.applyAsInt(value))
                .build();
    }

    private <K, V> RunningCache<K, V> cache(
            CacheConfig config,
            Keys<K> keys,
            Class<V> type,
            Payloads<V> payloads,
            Store<V> store,
            Generations generations,
            Gauges gauges) {
        Counts counts = gauges.counts();
        Lifetimes lifetimes = new Lifetimes(config.times());
        Reading<V> reading = new Reading<>(config.name(), store, generations, counts, elapsed);
        Origin<V> origin = new Origin<>(config, lifetimes, payloads, generations, counts, elapsed);
        Loading.Shared shared = config.mode() == CacheMode.LOCAL ? loads.alone() : loads;
        Loading<V> loading = new Loading<>(config, store, reading, origin, counts, shared);
        BulkLoading<V> bulk = new BulkLoading<>(config, store, reading, origin, loading, counts, shared);
        Writing<V> writing = new Writing<>(config.name(), store, payloads, reading, generations, lifetimes, counts);
        gauges.register(config.name(), context.meters());
        return new RunningCache<>(
                keys, type, config.name(), payloads, reading, loading, bulk, writing, generations, gauges);
    }

    void close() {
        tiers.streams().stop();
    }
}
