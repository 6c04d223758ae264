package io.flotilla.cache.internal.load;

import io.flotilla.cache.Tier;
import io.flotilla.cache.internal.Counts;
import io.flotilla.cache.internal.protocol.Answer;
import io.flotilla.cache.internal.protocol.NearValue;
import io.flotilla.cache.internal.tier.Generations;
import io.flotilla.cache.internal.tier.Held;
import io.flotilla.cache.internal.tier.Store;
import io.flotilla.cache.internal.wire.CacheKey;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds values that are there. Thread-safe.
 *
 * @param <V> the type of the values
 */
public final class Reading<V> {
    private final Store<V> store;
    private final Generations generations;
    private final Generations.Epoch epoch;
    private final Counts counts;
    private final LongSupplier ticker;

    public Reading(String cache, Store<V> store, Generations generations, Counts counts, LongSupplier ticker) {
        this.store = store;
        this.generations = generations;
        this.epoch = generations.epochOf(cache);
        this.counts = counts;
        this.ticker = ticker;
    }

    /** A fresh value that is near. */
    public @Nullable Found<V> near(CacheKey key) {
        long now = ticker.getAsLong();
        NearValue<CacheKey, Held<V>> near = store.near(key);
        return near != null && near.worth(now) == NearValue.Worth.FRESH && isCurrent(near.value(), now)
                ? hit(near)
                : null;
    }

    /** Whether a fresh value is near; does not count as a read. */
    public boolean isNear(CacheKey key) {
        long now = ticker.getAsLong();
        NearValue<CacheKey, Held<V>> near = store.near(key);
        return near != null && near.worth(now) == NearValue.Worth.FRESH && isCurrent(near.value(), now);
    }

    private Found<V> hit(NearValue<CacheKey, Held<V>> near) {
        counts.l1Hits.increment();
        return new Found<>(near.value(), Tier.L1, false, near.version());
    }

    /** For how long what is near is still fresh; negative if it is not. */
    long freshForNanos(CacheKey key) {
        NearValue<CacheKey, Held<V>> near = store.near(key);
        return near == null ? -1 : near.freshUntil() - ticker.getAsLong();
    }

    /** A value that is near, no longer fresh, but known to be the last one. */
    @Nullable
    Found<V> staleAndProven(CacheKey key) {
        long now = ticker.getAsLong();
        NearValue<CacheKey, Held<V>> near = store.near(key);
        return near != null && near.worth(now) == NearValue.Worth.STALE && generations.areNear(epoch, near.value(), now)
                ? new Found<>(near.value(), Tier.L1, true, near.version())
                : null;
    }

    /** A value that is near, and no longer fresh or proven: better than an error, if the cache allows that. */
    @Nullable
    Found<V> nearAndStale(CacheKey key) {
        long now = ticker.getAsLong();
        NearValue<CacheKey, Held<V>> near = store.lastNear(key);
        return near != null
                        && near.worth(now) != NearValue.Worth.NOTHING
                        && generations.areNotKnownToHaveGone(epoch, near.value(), now)
                ? new Found<>(near.value(), Tier.L1, true, near.version())
                : null;
    }

    /** A fresh value of the owner's. */
    public @Nullable Found<V> look(CacheKey key) {
        Answer<Held<V>> answer = store.look(key);
        Found<V> found = answer.status() == Answer.Status.HIT ? valueOf(answer) : null;
        (found == null ? counts.misses : counts.l2Hits).increment();
        return found;
    }

    /** The fresh values of their owners, as far as there are some. */
    public Map<CacheKey, Found<V>> lookAll(Set<CacheKey> keys) {
        Map<CacheKey, Found<V>> found = new HashMap<>();
        store.lookAll(keys).forEach((key, answer) -> {
            Found<V> value = answer.status() == Answer.Status.HIT ? valueOf(answer) : null;
            if (value != null) {
                found.put(key, value);
            }
        });
        counts.l2Hits.add(found.size());
        counts.misses.add(keys.size() - found.size());
        return found;
    }

    /** The version of the owner's value if that is void, which the owner cannot know; 0 if it is not, or there is none. */
    public long voidVersion(CacheKey key) {
        Answer<Held<V>> answer = store.look(key);
        return answer.status() == Answer.Status.HIT && valueOf(answer) == null ? answer.version() : 0;
    }

    /** What an owner has answered, if it is a value that is not void. */
    @Nullable
    Found<V> valueOf(Answer<Held<V>> answer) {
        Held<V> held = answer.value();
        return held != null && isCurrent(held, ticker.getAsLong())
                ? new Found<>(held, Tier.L2, answer.status() != Answer.Status.HIT, answer.version())
                : null;
    }

    private boolean isCurrent(Held<V> held, long now) {
        return generations.areNear(epoch, held, now) || generations.areCurrent(epoch, held, now);
    }
}
