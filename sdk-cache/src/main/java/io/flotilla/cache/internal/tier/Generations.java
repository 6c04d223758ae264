package io.flotilla.cache.internal.tier;

import static java.util.Objects.requireNonNull;

import io.flotilla.ClusterUnavailableException;
import io.flotilla.cache.internal.protocol.Answer;
import io.flotilla.cache.internal.protocol.Ask;
import io.flotilla.cache.internal.protocol.Condition;
import io.flotilla.cache.internal.protocol.NearValue;
import io.flotilla.cache.internal.wire.CacheKey;
import io.flotilla.cache.internal.wire.Envelope;
import io.flotilla.spi.Deadline;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The generations of tags, and of whole caches: random numbers, cached like any value. A value bears those that there were
 * when it was made, and is void if one of them has been renewed since. They are compared for equality alone, so that one
 * which was lost, and made up anew, voids what it should. Those that were renewed are odd, those that were only made up
 * even. Thread-safe.
 */
public final class Generations {
    /** The name of the cache of tags' generations; no other one can have it. */
    public static final String TAGS = "$tags";
    /** The name of the cache of whole caches' generations: few, so none of them has to make way for a tag's. */
    public static final String EPOCHS = "$epochs";

    /** Longer than values live that are worth keeping; after that their tags void them once. */
    private static final Store.Lifetime LIFETIME = new Store.Lifetime(
            Duration.ofDays(365).toMillis(), Duration.ofDays(365).toMillis());

    private static final Duration LEASE = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(2);

    private final Store<Long> tags;
    private final Store<Long> epochs;
    private final Payloads<Long> payloads;
    private final LongSupplier ticker;
    private final Supplier<UUID> reader;
    private final SecureRandom random = new SecureRandom();

    /**
     * @param reader this member; wakes come for those who wait, but a generation takes so little that nobody waits for them
     */
    public Generations(
            Store<Long> tags, Store<Long> epochs, Payloads<Long> payloads, LongSupplier ticker, Supplier<UUID> reader) {
        this.tags = tags;
        this.epochs = epochs;
        this.payloads = payloads;
        this.ticker = ticker;
        this.reader = reader;
    }

    /** The generation of a whole cache, which every read asks for. Thread-safe. */
    public final class Epoch {
        private final CacheKey key;
        private volatile Seen seen = new Seen(null, -1);

        private Epoch(String cache) {
            this.key = new CacheKey(EPOCHS, cache);
        }

        private String cache() {
            return key.key();
        }

        /** Does not look it up again while nothing has changed. */
        private boolean isNear(long generation, long now) {
            Seen last = seen;
            if (last.changes() != epochs.changes() || !isFresh(last.near(), now)) {
                long changes = epochs.changes(); // before the look: what changes after it is seen the next time
                last = new Seen(epochs.near(key), changes);
                seen = last;
            }
            NearValue<CacheKey, Held<Long>> near = last.near();
            return near != null && isFresh(near, now) && numberOf(near.value()) == generation;
        }
    }

    private static boolean isFresh(@Nullable NearValue<?, ?> near, long now) {
        return near != null && near.worth(now) == NearValue.Worth.FRESH;
    }

    private Store<Long> storeOf(CacheKey key) {
        return key.cache().equals(EPOCHS) ? epochs : tags;
    }

    /** What was near when the store had changed so often. */
    private record Seen(@Nullable NearValue<CacheKey, Held<Long>> near, long changes) {}

    /** The generation of a whole cache. */
    public Epoch epochOf(String cache) {
        return new Epoch(cache);
    }

    private static CacheKey tagKey(String cache, String tag) {
        return new CacheKey(TAGS, cache + '/' + tag); // no name of a cache has a slash
    }

    /** Whether a value is known to be of the present generations, from what is near; never blocks. */
    public boolean areNear(Epoch epoch, Held<?> held, long now) {
        Envelope.Facts facts = held.facts();
        return epoch.isNear(facts.epoch(), now)
                && (facts.tags().isEmpty() || areTagsNear(epoch.cache(), facts.tags(), now));
    }

    private boolean areTagsNear(String cache, List<Envelope.Tag> tags, long now) {
        for (Envelope.Tag each : tags) {
            if (!isNear(tagKey(cache, each.name()), each.generation(), now)) {
                return false;
            }
        }
        return true;
    }

    private boolean isNear(CacheKey key, long generation, long now) {
        NearValue<CacheKey, Held<Long>> near = storeOf(key).near(key);
        return near != null && near.worth(now) == NearValue.Worth.FRESH && numberOf(near.value()) == generation;
    }

    /** Whether nothing that this member has heard voids a value, however long ago. */
    public boolean areNotKnownToHaveGone(Epoch epoch, Held<?> held, long now) {
        Envelope.Facts facts = held.facts();
        return isNotKnownToHaveGone(epoch.key, facts.epoch(), now)
                && facts.tags().stream()
                        .allMatch(each ->
                                isNotKnownToHaveGone(tagKey(epoch.cache(), each.name()), each.generation(), now));
    }

    private boolean isNotKnownToHaveGone(CacheKey key, long generation, long now) {
        NearValue<CacheKey, Held<Long>> near = storeOf(key).lastNear(key);
        return near != null && near.worth(now) != NearValue.Worth.NOTHING && numberOf(near.value()) == generation;
    }

    /** Whether a value is of the present generations; asks their owners where that is not known here. */
    public boolean areCurrent(Epoch epoch, Held<?> held, long now) {
        Envelope.Facts facts = held.facts();
        return isCurrent(epoch.key, facts.epoch(), now)
                && facts.tags().stream()
                        .allMatch(each -> isCurrent(tagKey(epoch.cache(), each.name()), each.generation(), now));
    }

    /** That this member knows another one does not count: the value may be newer than what is near. */
    private boolean isCurrent(CacheKey key, long generation, long now) {
        return isNear(key, generation, now) || ofOwner(key) == generation;
    }

    private long ofOwner(CacheKey key) {
        Answer<Held<Long>> answer = storeOf(key).look(key);
        return answer.status() == Answer.Status.HIT ? numberOf(requireNonNull(answer.value())) : madeUp(key);
    }

    /** The generation of a whole cache. */
    public long present(Epoch epoch) {
        return present(epoch.key).number();
    }

    /** Tags with their generations. */
    public List<Envelope.Tag> of(String cache, Collection<String> tags) {
        return of(cache, tags, Long.MAX_VALUE).orElseThrow();
    }

    /**
     * Tags with their generations, for a value whose load may have begun before they were named: empty if one of them was
     * renewed meanwhile, as far as is known here. If that is not known yet the value gets the generation before, and is void
     * once it is.
     *
     * @param begin when the load began
     */
    public Optional<List<Envelope.Tag>> of(String cache, Collection<String> tags, long begin) {
        List<Envelope.Tag> all = new ArrayList<>(tags.size());
        for (String each : tags) {
            Generation generation = present(tagKey(cache, each));
            if (generation.wasRenewedWithin(ticker.getAsLong() - begin)) { // the answer took its time, too
                return Optional.empty();
            }
            all.add(new Envelope.Tag(each, generation.number()));
        }
        return Optional.of(List.copyOf(all));
    }

    private Generation present(CacheKey key) {
        NearValue<CacheKey, Held<Long>> near = storeOf(key).near(key);
        long now = ticker.getAsLong();
        if (near != null && near.worth(now) == NearValue.Worth.FRESH) {
            return Generation.of(numberOf(near.value()), TimeUnit.NANOSECONDS.toMillis(near.freshUntil() - now));
        }
        Answer<Held<Long>> answer = storeOf(key).look(key);
        return answer.status() == Answer.Status.HIT
                ? Generation.of(numberOf(requireNonNull(answer.value())), answer.freshFor())
                : new Generation(madeUp(key), 0);
    }

    /** A generation, and for how many milliseconds there has been none after it. */
    private record Generation(long number, long age) {
        /** Owners of a partition that come after one another may differ in their clocks by so much. */
        private static final long TOLERANCE = 1_000;

        static Generation of(long number, long freshFor) {
            return new Generation(number, LIFETIME.freshFor() - freshFor);
        }

        boolean wasRenewedWithin(long nanos) {
            boolean wasRenewed = (number & 1) == 1;
            return nanos >= 0 && wasRenewed && age <= TimeUnit.NANOSECONDS.toMillis(nanos) + TOLERANCE;
        }
    }

    /** One member makes a generation up, the others take that. */
    private long madeUp(CacheKey key) {
        Deadline deadline = Deadline.in(PATIENCE, ticker);
        Ask ask = Ask.of(random.nextLong(), reader.get(), LEASE.toMillis());
        while (!deadline.passed()) {
            Answer<Held<Long>> answer = storeOf(key).ask(key, ask);
            if (answer.status() == Answer.Status.HIT) {
                return numberOf(requireNonNull(answer.value()));
            }
            if (answer.lease() != null) {
                long generation = random.nextLong() & ~1L;
                if (storeOf(key)
                        .fill(key, answer.lease(), content(generation), LIFETIME)
                        .stored()) {
                    return generation;
                }
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        throw new ClusterUnavailableException(
                "no member has made up a generation of cache '" + key.key() + "' in time; trying again may help", null);
    }

    /** Voids all values of a cache; returns when no member can answer with one of them. */
    public void renew(Epoch epoch) {
        renew(epoch.key);
    }

    /** Voids all values with a tag; returns when no member can answer with one of them. */
    public void renewTag(String cache, String tag) {
        renew(tagKey(cache, tag));
    }

    private void renew(CacheKey key) {
        storeOf(key).put(key, content(random.nextLong() | 1), LIFETIME, Condition.NONE);
    }

    private Envelope content(long generation) {
        return payloads.envelope(generation, Envelope.Facts.ofPut(0, LIFETIME.freshFor(), List.of()));
    }

    private static long numberOf(Held<Long> held) {
        return requireNonNull(held.value());
    }
}
