package io.flotilla.cache.internal;

import io.flotilla.cache.EntryOptions;
import io.flotilla.cache.internal.load.Lifetimes;
import io.flotilla.cache.internal.load.Reading;
import io.flotilla.cache.internal.load.Tags;
import io.flotilla.cache.internal.protocol.Condition;
import io.flotilla.cache.internal.tier.Generations;
import io.flotilla.cache.internal.tier.Payloads;
import io.flotilla.cache.internal.tier.Store;
import io.flotilla.cache.internal.wire.CacheKey;
import io.flotilla.cache.internal.wire.Envelope;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Changes values. Thread-safe.
 *
 * @param <V> the type of the values
 */
final class Writing<V> {
    private final String cache;
    private final Store<V> store;
    private final Payloads<V> payloads;
    private final Reading<V> reading;
    private final Generations generations;
    private final Generations.Epoch epoch;
    private final Lifetimes lifetimes;
    private final Counts counts;

    Writing(
            String cache,
            Store<V> store,
            Payloads<V> payloads,
            Reading<V> reading,
            Generations generations,
            Lifetimes lifetimes,
            Counts counts) {
        this.cache = cache;
        this.store = store;
        this.payloads = payloads;
        this.reading = reading;
        this.generations = generations;
        this.epoch = generations.epochOf(cache);
        this.lifetimes = lifetimes;
        this.counts = counts;
    }

    boolean put(CacheKey key, V value, EntryOptions options, Condition condition) {
        Store.Lifetime lifetime = lifetimes.of(ttlOf(options), false);
        List<Envelope.Tag> tags = generations.of(cache, Tags.checked(options.tags()));
        Envelope envelope = payloads.envelope(value, facts(lifetime, tags));
        boolean stored = store.put(key, envelope, lifetime, condition).stored();
        if (stored) {
            counts.changes.increment();
        }
        return stored;
    }

    private static @Nullable Duration ttlOf(EntryOptions options) {
        return options.ttl()
                .map(each -> CacheConfig.Times.checkTtl("cache.options.ttl", each))
                .orElse(null);
    }

    void putAll(Map<CacheKey, V> values, EntryOptions options) {
        Duration ttl = ttlOf(options);
        List<Envelope.Tag> tags = generations.of(cache, Tags.checked(options.tags()));
        Map<CacheKey, Store.Putting> puttings = new LinkedHashMap<>();
        values.forEach((key, value) -> {
            Store.Lifetime lifetime = lifetimes.of(ttl, false);
            puttings.put(key, new Store.Putting(payloads.envelope(value, facts(lifetime, tags)), lifetime));
        });
        store.putAll(puttings);
        counts.changes.add(puttings.size());
    }

    void invalidateAll(Set<CacheKey> keys) {
        store.invalidateAll(keys);
        counts.changes.add(keys.size());
    }

    long add(CacheKey key, long amount) {
        Store.Lifetime lifetime = lifetimes.of(null, false);
        Envelope begin = facts(lifetime, List.of()).with(Envelope.Kind.NUMBER, Envelope.numberBytes(0));
        long sum = store.add(key, amount, begin, lifetime, voidVersion(key))
                .orElseThrow(() ->
                        new IllegalStateException("cache '" + cache + "' cannot add to a value that is not a Long"));
        counts.changes.increment();
        return sum;
    }

    void invalidate(CacheKey key) {
        store.invalidate(key);
        counts.changes.increment();
    }

    private Envelope.Facts facts(Store.Lifetime lifetime, List<Envelope.Tag> tags) {
        return Envelope.Facts.ofPut(generations.present(epoch), lifetime.freshFor(), tags);
    }

    /** The version of the present value if it is void, which its owner cannot know; 0 if it is not. */
    long voidVersion(CacheKey key) {
        return reading.isNear(key) ? 0 : reading.voidVersion(key);
    }

    void clear() {
        long before = generations.present(epoch);
        generations.renew(epoch);
        store.reclaim(before);
    }
}
