package io.flotilla.cache.internal.load;

import static java.util.Objects.requireNonNull;

import io.flotilla.ClusterUnavailableException;
import io.flotilla.cache.CacheLoadException;
import io.flotilla.cache.Tier;
import io.flotilla.cache.internal.CacheConfig;
import io.flotilla.cache.internal.Counts;
import io.flotilla.cache.internal.tier.Generations;
import io.flotilla.cache.internal.tier.Held;
import io.flotilla.cache.internal.tier.Payloads;
import io.flotilla.cache.internal.tier.Store;
import io.flotilla.cache.internal.wire.CacheKey;
import io.flotilla.cache.internal.wire.Envelope;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs loaders, and makes of what they say what the tiers keep. Thread-safe.
 *
 * @param <V> the type of the values
 */
public final class Origin<V> {
    private final String cache;
    private final boolean allowsNothing;
    private final Lifetimes lifetimes;
    private final Payloads<V> payloads;
    private final Generations generations;
    private final Generations.Epoch epoch;
    private final Counts counts;
    private final LongSupplier ticker;

    public Origin(
            CacheConfig config,
            Lifetimes lifetimes,
            Payloads<V> payloads,
            Generations generations,
            Counts counts,
            LongSupplier ticker) {
        this.cache = config.name();
        this.allowsNothing = config.times().negativeTtl() != null;
        this.lifetimes = lifetimes;
        this.payloads = payloads;
        this.generations = generations;
        this.epoch = generations.epochOf(cache);
        this.counts = counts;
        this.ticker = ticker;
    }

    /**
     * What a loader has brought.
     *
     * @param isStored whether it may be stored
     */
    record Loaded<V>(
            Payloads<V> payloads, @Nullable V value, Envelope envelope, Store.Lifetime lifetime, boolean isStored) {

        Found<V> found(CacheKey key) {
            return found(key, 0);
        }

        Found<V> found(CacheKey key, long version) {
            Held<V> held = payloads.held(key.key(), envelope, value);
            return new Found<>(held, Tier.LOADER, false, version);
        }
    }

    /** The generation of the cache, for a load that begins after it. */
    long epoch() {
        return generations.present(epoch);
    }

    /**
     * Loads a value.
     *
     * @param epoch the generation that there was before: if it is renewed meanwhile the value is void
     */
    Loaded<V> load(Source<V> source, @Nullable Found<V> before, long epoch) {
        CurrentLoad<V> load = loadAfter(before);
        long begin = ticker.getAsLong();
        V value = run(source, load);
        long nanos = ticker.getAsLong() - begin;
        return loaded(value, load, epoch, nanos, tags(load, begin));
    }

    /**
     * Loads several values in one go; a key is missing if there was none, and that does not mean that there is nothing.
     *
     * @param epoch the generation that there was before: if it is renewed meanwhile the values are void
     */
    Map<CacheKey, Loaded<V>> loadAll(
            BulkSource<V> source, Set<CacheKey> keys, Map<CacheKey, Found<V>> before, long epoch) {
        Map<CacheKey, CurrentLoad<V>> loads = new LinkedHashMap<>();
        keys.forEach(key -> loads.put(key, loadAfter(before.get(key))));
        long begin = ticker.getAsLong();
        Source<Map<CacheKey, V>> all = load -> source.load(loads);
        Map<CacheKey, V> values = run(all, new CurrentLoad<>(null, null));
        long nanos = (ticker.getAsLong() - begin) / keys.size();
        Map<CacheKey, Loaded<V>> loaded = new HashMap<>();
        loads.forEach((key, load) -> {
            V value = values == null ? null : values.get(key);
            if (value != null || allowsNothing || !load.isStored()) {
                loaded.put(key, loaded(value, load, epoch, nanos, tags(load, begin)));
            }
        });
        return loaded;
    }

    private CurrentLoad<V> loadAfter(@Nullable Found<V> before) {
        return before == null
                ? new CurrentLoad<>(null, null)
                : new CurrentLoad<>(
                        payloads.valueOf(before.held()), before.held().facts().validator());
    }

    /** Empty if the value is not to be stored. */
    private Optional<List<Envelope.Tag>> tags(CurrentLoad<V> load, long begin) {
        try {
            return load.isStored() ? generations.of(cache, load.tags(), begin) : Optional.empty();
        } catch (ClusterUnavailableException unknown) {
            return Optional.empty();
        }
    }

    private Loaded<V> loaded(
            @Nullable V value, CurrentLoad<V> load, long epoch, long nanos, Optional<List<Envelope.Tag>> tags) {
        Store.Lifetime lifetime = lifetimes.of(load.ttl(), value == null);
        int micros = (int) Math.min(Integer.MAX_VALUE, nanos / 1_000);
        Envelope.Facts facts =
                new Envelope.Facts(epoch, lifetime.freshFor(), micros, load.newValidator(), tags.orElse(List.of()));
        return new Loaded<>(payloads, value, payloads.envelope(value, facts), lifetime, tags.isPresent());
    }

    /** What a loader has thrown. */
    static final class LoaderException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private LoaderException(Exception failure) {
            super(failure);
        }

        Exception failure() {
            return (Exception) requireNonNull(getCause());
        }
    }

    private <T> @Nullable T run(Source<T> source, CurrentLoad<T> load) {
        long begin = ticker.getAsLong();
        try {
            T value = source.load(load);
            if (value == null && !allowsNothing && load.isStored()) {
                throw new IllegalStateException("the loader of cache '" + cache
                        + "' returned null; set cache.negativeTtl if that means that there is nothing");
            }
            counts.loads.increment();
            counts.loadNanos.add(ticker.getAsLong() - begin);
            return value;
        } catch (Exception failure) {
            counts.loadFailures.increment();
            if (failure instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            throw new LoaderException(failure);
        } catch (Error grave) {
            counts.loadFailures.increment();
            throw grave;
        }
    }

    /** Loads a value for those who wait, and for nobody else. */
    Found<V> loadUnstored(CacheKey key, Source<V> source) {
        try {
            CurrentLoad<V> load = new CurrentLoad<>(null, null);
            V value = run(source, load);
            return loaded(value, load, 0, 0, Optional.empty()).found(key);
        } catch (LoaderException thrown) {
            Exception failure = thrown.failure();
            throw failure instanceof CacheLoadException own
                    ? own
                    : new CacheLoadException("a key of cache '" + cache + "' could not be loaded", failure);
        }
    }
}
