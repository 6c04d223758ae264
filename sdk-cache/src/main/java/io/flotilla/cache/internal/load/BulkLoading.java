package io.flotilla.cache.internal.load;

import static java.util.Objects.requireNonNull;

import io.flotilla.ClusterUnavailableException;
import io.flotilla.cache.CacheLoadException;
import io.flotilla.cache.internal.CacheConfig;
import io.flotilla.cache.internal.Counts;
import io.flotilla.cache.internal.protocol.Answer;
import io.flotilla.cache.internal.protocol.Ask;
import io.flotilla.cache.internal.protocol.LeaseId;
import io.flotilla.cache.internal.protocol.Written;
import io.flotilla.cache.internal.tier.Held;
import io.flotilla.cache.internal.tier.Store;
import io.flotilla.cache.internal.wire.CacheKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets several values at once. What nobody has, and nobody loads, is loaded in one go, and all leases have ended before this
 * waits for anybody else: so two that want the same values never wait for each other. Thread-safe.
 *
 * @param <V> the type of the values
 */
public final class BulkLoading<V> {
    private static final Logger log = LoggerFactory.getLogger(BulkLoading.class);
    private static final int BATCH = 500;

    private final String cache;
    private final CacheConfig.Loading settings;
    private final Store<V> store;
    private final Reading<V> reading;
    private final Origin<V> origin;
    private final Loading<V> single;
    private final Counts counts;
    private final Flights flights;
    private final Supplier<UUID> reader;
    private final Breaker breaker;

    public BulkLoading(
            CacheConfig config,
            Store<V> store,
            Reading<V> reading,
            Origin<V> origin,
            Loading<V> single,
            Counts counts,
            Loading.Shared shared) {
        this.cache = config.name();
        this.settings = config.loading();
        this.store = store;
        this.reading = reading;
        this.origin = origin;
        this.single = single;
        this.counts = counts;
        this.flights = shared.flights();
        this.reader = shared.reader();
        this.breaker = shared.breaker();
    }

    /**
     * Gets values, with a value or the knowledge that there is none for each key.
     *
     * @throws CacheLoadException if one of them could not be loaded, and no stale one may do
     */
    public Map<CacheKey, Found<V>> get(Collection<CacheKey> keys, BulkSource<V> source) {
        Map<CacheKey, Found<V>> found = new LinkedHashMap<>();
        for (CacheKey each : keys) {
            Found<V> near = single.near(each);
            if (near != null) {
                found.put(each, near);
            }
        }
        Iterator<CacheKey> missing =
                keys.stream().filter(key -> !found.containsKey(key)).toList().iterator();
        while (missing.hasNext()) {
            found.putAll(new Batch(missing, source).get());
        }
        for (CacheKey each : keys) {
            if (!found.containsKey(each)) { // others are on the way to it, or its owner's value is void
                found.put(each, single.get(each, source.one(each)));
            }
        }
        return found;
    }

    /** Some of the keys: those that no other thread of this member is on the way to. */
    private final class Batch {
        private final BulkSource<V> source;
        private final Map<CacheKey, Flights.Flight> way = new LinkedHashMap<>();
        private final Map<CacheKey, LeaseId> leases = new LinkedHashMap<>();
        private final Map<CacheKey, Found<V>> stale = new HashMap<>();
        private final Map<CacheKey, Found<V>> landed = new HashMap<>();
        private final Map<CacheKey, Flights.End> ends = new HashMap<>();
        private long epoch;

        private Batch(Iterator<CacheKey> keys, BulkSource<V> source) {
            this.source = source;
            while (keys.hasNext() && way.size() < BATCH) {
                CacheKey key = keys.next();
                Flights.Flight flight = flights.begin(key);
                if (flight != null) {
                    way.put(key, flight);
                }
            }
        }

        Map<CacheKey, Found<V>> get() {
            if (way.isEmpty()) {
                return landed; // nobody is asked, and so nobody has answered
            }
            try {
                if (breaker.allows() && ask()) {
                    load();
                } else {
                    loadUnstored();
                }
                return landed;
            } finally {
                way.forEach((key, flight) -> flight.end(ends.getOrDefault(key, new Flights.End.Landed(null))));
            }
        }

        private void land(CacheKey key, Found<V> found, Flights.End end) {
            landed.put(key, found);
            ends.put(key, end);
        }

        /** Asks the owners; false if they do not answer. */
        private boolean ask() {
            Ask ask = Ask.of(
                    ThreadLocalRandom.current().nextLong(),
                    reader.get(),
                    settings.timeout().toMillis());
            try {
                store.askAll(way.keySet(), ask).forEach(this::take);
                epoch = leases.isEmpty() ? 0 : origin.epoch();
                breaker.answered();
                return true;
            } catch (ClusterUnavailableException unavailable) {
                log.debug("the cluster does not answer; the loader is asked", unavailable);
                if (!Thread.currentThread().isInterrupted()) { // which says nothing of the cluster
                    breaker.failed();
                }
                way.keySet().forEach(key -> store.giveUp(key, LeaseId.ofToken(ask.token()), 0));
                return false;
            }
        }

        private void take(CacheKey key, Answer<Held<V>> answer) {
            LeaseId lease = answer.lease();
            if (lease != null) {
                leases.put(key, lease); // before anything that may fail
                counts.misses.increment();
            }
            Found<V> found = reading.valueOf(answer);
            if (found != null && lease != null) {
                stale.put(key, found);
            } else if (found != null) {
                Found<V> served = single.served(key, found);
                land(key, served, new Flights.End.Landed(served));
            }
        }

        private void load() {
            if (leases.isEmpty()) {
                return;
            }
            Exception failure = null;
            try {
                fill(origin.loadAll(source, leases.keySet(), stale, epoch));
            } catch (Origin.LoaderException thrown) {
                failure = thrown.failure();
            } finally {
                leases.forEach((key, lease) -> store.giveUp(key, lease, postponedFor(key)));
            }
            List<CacheKey> lacking = leases.keySet().stream()
                    .filter(key -> !landed.containsKey(key))
                    .toList();
            if (!lacking.isEmpty()) {
                serveStaleOrThrow(lacking, single.failure(failure == null ? nothingCame() : failure));
            }
        }

        private Exception nothingCame() {
            return new IllegalStateException("the loader of cache '" + cache
                    + "' returned no value for a key; set cache.negativeTtl if that means that there is nothing");
        }

        /** Leases whose values were stored end by that; what is left of them afterwards has no value. */
        private void fill(Map<CacheKey, Origin.Loaded<V>> loaded) {
            Map<CacheKey, Store.Filling> fillings = new LinkedHashMap<>();
            loaded.forEach((key, value) -> {
                if (value.isStored()) {
                    LeaseId lease = requireNonNull(leases.get(key));
                    fillings.put(key, new Store.Filling(lease, value.envelope(), value.lifetime()));
                } else {
                    land(key, value.found(key), new Flights.End.NotStored());
                }
            });
            Map<CacheKey, Written> written = filled(fillings);
            fillings.keySet().forEach(key -> {
                Written stored = written.get(key);
                Found<V> found = requireNonNull(loaded.get(key)).found(key, stored == null ? 0 : stored.version());
                land(key, found, new Flights.End.Landed(found));
                if (found.version() != 0) {
                    leases.remove(key);
                }
            });
        }

        /** What could not be stored is the answer all the same, without a version. */
        private Map<CacheKey, Written> filled(Map<CacheKey, Store.Filling> fillings) {
            try {
                return store.fillAll(fillings);
            } catch (ClusterUnavailableException unavailable) {
                log.debug("loaded values were not stored", unavailable);
                return Map.of();
            }
        }

        /** A lease whose load brought a value that is not stored is free at once. */
        private long postponedFor(CacheKey key) {
            return stale.containsKey(key) && !landed.containsKey(key)
                    ? settings.retryAfter().toMillis()
                    : 0;
        }

        private void serveStaleOrThrow(List<CacheKey> lacking, CacheLoadException failure) {
            for (CacheKey each : lacking) {
                Found<V> last = single.stale(stale.get(each));
                if (last == null) {
                    lacking.forEach(key -> ends.putIfAbsent(key, new Flights.End.Failed(failure)));
                    throw failure;
                }
                land(each, last, new Flights.End.Landed(last));
            }
        }

        /** Goes on with the loader: who waits by now gets what it brings, who comes later is not let in. */
        private void loadUnstored() {
            way.values().forEach(Flights.Flight::close);
            Set<CacheKey> missing = new LinkedHashSet<>(way.keySet());
            missing.removeAll(landed.keySet());
            if (missing.isEmpty()) {
                return;
            }
            try {
                origin.loadAll(source, missing, Map.of(), 0).forEach((key, value) -> give(key, value.found(key)));
            } catch (Origin.LoaderException thrown) {
                for (CacheKey each : missing) {
                    Found<V> last = single.lastResort(each);
                    if (last == null) {
                        throw single.failure(thrown.failure());
                    }
                    give(each, last);
                }
            }
        }

        private void give(CacheKey key, Found<V> found) {
            land(key, found, new Flights.End.Given(found));
        }
    }
}
