package io.flotilla.cache.internal.tier;

import io.flotilla.cache.internal.protocol.Answer;
import io.flotilla.cache.internal.protocol.Ask;
import io.flotilla.cache.internal.protocol.Condition;
import io.flotilla.cache.internal.protocol.LeaseId;
import io.flotilla.cache.internal.protocol.NearValue;
import io.flotilla.cache.internal.protocol.Written;
import io.flotilla.cache.internal.wire.CacheKey;
import io.flotilla.cache.internal.wire.Envelope;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The values of one cache as this member sees them: those near, and their owners, which it asks. Thread-safe; what asks an
 * owner blocks, and throws {@link io.flotilla.ClusterUnavailableException} if that does not answer in time.
 *
 * @param <V> the type of the values
 */
public interface Store<V> {

    /** How long a value that is written is fresh, and how long it may do, in milliseconds. */
    record Lifetime(long freshFor, long usableFor) {}

    /** What is near of a key; {@link NearValue#worth} says what that is worth. Never blocks. */
    @Nullable
    NearValue<CacheKey, Held<V>> near(CacheKey key);

    /** What was near when this member could last serve. Never blocks. */
    @Nullable
    NearValue<CacheKey, Held<V>> lastNear(CacheKey key);

    Answer<Held<V>> look(CacheKey key);

    Answer<Held<V>> ask(CacheKey key, Ask ask);

    Written fill(CacheKey key, LeaseId lease, Envelope content, Lifetime lifetime);

    /** What a lease has brought. */
    record Filling(LeaseId lease, Envelope content, Lifetime lifetime) {}

    /** {@link #look} for several keys. */
    default Map<CacheKey, Answer<Held<V>>> lookAll(Set<CacheKey> keys) {
        Map<CacheKey, Answer<Held<V>>> answers = new HashMap<>();
        keys.forEach(key -> answers.put(key, look(key)));
        return answers;
    }

    /** {@link #ask} for several keys. */
    default Map<CacheKey, Answer<Held<V>>> askAll(Set<CacheKey> keys, Ask ask) {
        Map<CacheKey, Answer<Held<V>>> answers = new HashMap<>();
        keys.forEach(key -> answers.put(key, ask(key, ask)));
        return answers;
    }

    /** {@link #fill} for several keys. */
    default Map<CacheKey, Written> fillAll(Map<CacheKey, Filling> fillings) {
        Map<CacheKey, Written> written = new HashMap<>();
        fillings.forEach((key, each) -> written.put(key, fill(key, each.lease(), each.content(), each.lifetime())));
        return written;
    }

    /** What is to be put without a condition. */
    record Putting(Envelope content, Lifetime lifetime) {}

    /** {@link #put} for several keys. */
    default void putAll(Map<CacheKey, Putting> puttings) {
        puttings.forEach((key, each) -> {
            Written unused = put(key, each.content(), each.lifetime(), Condition.NONE);
        });
    }

    /** {@link #invalidate} for several keys. */
    default void invalidateAll(Set<CacheKey> keys) {
        keys.forEach(this::invalidate);
    }

    /** Ends a lease whose load has failed, without waiting; for so many milliseconds a stale value is to do. */
    void giveUp(CacheKey key, LeaseId lease, long postponedFor);

    Written put(CacheKey key, Envelope content, Lifetime lifetime, Condition condition);

    /**
     * Adds to a number.
     *
     * @param voidVersion the version of a value that is known to be void; 0 for none
     * @return the sum; empty if the present value is no number
     */
    OptionalLong add(CacheKey key, long amount, Envelope begin, Lifetime lifetime, long voidVersion);

    void invalidate(CacheKey key);

    /** Frees the memory of values that bear an earlier generation of the cache, without waiting. */
    void reclaim(long epoch);

    /** A number that is another one after something near has changed, and perhaps after less. Never blocks. */
    long changes();

    /** How many values are near. */
    long nearCount();

    /** How many values had no space near. */
    long evictions();
}
