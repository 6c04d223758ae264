package io.flotilla.cache.internal.load;

import static java.util.Objects.requireNonNull;

import io.flotilla.ClusterUnavailableException;
import io.flotilla.cache.CacheLoadException;
import io.flotilla.cache.internal.CacheConfig;
import io.flotilla.cache.internal.Counts;
import io.flotilla.cache.internal.protocol.Answer;
import io.flotilla.cache.internal.protocol.Ask;
import io.flotilla.cache.internal.protocol.LeaseId;
import io.flotilla.cache.internal.tier.Held;
import io.flotilla.cache.internal.tier.Store;
import io.flotilla.cache.internal.wire.CacheKey;
import io.flotilla.spi.Deadline;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets values that are not near: from their owners, or from the origin, which one member asks at a time. Thread-safe.
 *
 * @param <V> the type of the values
 */
public final class Loading<V> {
    private static final Logger log = LoggerFactory.getLogger(Loading.class);

    private final String cache;
    private final CacheConfig.Loading settings;
    private final boolean allowsStale;
    private final Store<V> store;
    private final Reading<V> reading;
    private final Origin<V> origin;
    private final Degraded<V> degraded;
    private final Counts counts;
    private final Flights flights;
    private final ExecutorService behind;
    private final LongSupplier ticker;
    private final Supplier<UUID> reader;
    private final Pauses pauses;

    /**
     * What a member's caches share.
     *
     * @param behind threads for loads that nobody waits for, or not to the end
     * @param reader the id of this member, which changes when it has to join anew
     */
    public record Shared(Flights flights, ExecutorService behind, LongSupplier ticker, Supplier<UUID> reader) {}

    public Loading(
            CacheConfig config, Store<V> store, Reading<V> reading, Origin<V> origin, Counts counts, Shared shared) {
        this.cache = config.name();
        this.settings = config.loading();
        this.allowsStale = !config.times().staleFor().isZero();
        this.store = store;
        this.reading = reading;
        this.origin = origin;
        this.degraded = new Degraded<>(origin, reading, allowsStale, shared.ticker());
        this.counts = counts;
        this.flights = shared.flights();
        this.behind = shared.behind();
        this.ticker = shared.ticker();
        this.reader = shared.reader();
        this.pauses = new Pauses(shared.ticker());
    }

    /**
     * Gets a value.
     *
     * @throws CacheLoadException if it could not be loaded, and no stale one may do
     */
    public Found<V> get(CacheKey key, Source<V> source) {
        Deadline deadline = Deadline.in(settings.timeout(), ticker);
        while (true) {
            Found<V> found = near(key);
            if (found != null) {
                refreshIfDue(key, found, source);
                return found;
            }
            Flights.Flight flight = flights.begin(key);
            found = flight != null ? fly(flight, key, source, deadline, false) : follow(key, source, deadline);
            if (found != null) {
                return found;
            }
        }
    }

    private @Nullable Found<V> near(CacheKey key) {
        Found<V> found = nearOrUnavailable(key);
        return found == null && allowsStale && pauses.isPaused(key) ? stale(reading.nearAndStale(key)) : found;
    }

    /** Whether tags hold may have to be asked. */
    private @Nullable Found<V> nearOrUnavailable(CacheKey key) {
        try {
            return reading.near(key);
        } catch (ClusterUnavailableException unknown) {
            return null;
        }
    }

    private @Nullable Found<V> stale(@Nullable Found<V> found) {
        if (found != null) {
            counts.staleHits.increment();
        }
        return found;
    }

    /** Waits for this member's flight; null to look again. */
    private @Nullable Found<V> follow(CacheKey key, Source<V> source, Deadline deadline) {
        Flights.Flight present = flights.present(key);
        if (present == null) {
            return null;
        }
        Flights.End end = present.await(Duration.ofNanos(deadline.remainingNanos()));
        if (end == null) {
            throw tookTooLong();
        }
        if (end instanceof Flights.End.Failed failed) {
            throw failure(failed.cause());
        }
        return end instanceof Flights.End.NotStored ? origin.loadUnstored(key, source) : null;
    }

    /** Gets the value for all who wait for it on this member; null to look again. */
    private @Nullable Found<V> fly(
            Flights.Flight flight, CacheKey key, Source<V> source, Deadline deadline, boolean ahead) {
        Flights.End end = new Flights.End.Landed();
        boolean handedOver = false;
        try {
            Result<V> result = ask(flight, key, source, deadline, ahead);
            handedOver = result.handedOver();
            end = result.end();
            return result.found();
        } catch (CacheLoadException failure) {
            end = new Flights.End.Failed(failure);
            throw failure;
        } catch (ClusterUnavailableException unavailable) {
            Found<V> found = degraded.get(key, source, unavailable);
            end = new Flights.End.Landed();
            return found;
        } finally {
            if (!handedOver) {
                flight.end(end);
            }
        }
    }

    /**
     * What has come of a flight.
     *
     * @param handedOver whether another thread goes on with it, and will end it
     */
    private record Result<V>(@Nullable Found<V> found, Flights.End end, boolean handedOver) {
        static <V> Result<V> landed(@Nullable Found<V> found) {
            return new Result<>(found, new Flights.End.Landed(), false);
        }
    }

    private Result<V> ask(Flights.Flight flight, CacheKey key, Source<V> source, Deadline deadline, boolean ahead) {
        Ask ask = Ask.of(
                ThreadLocalRandom.current().nextLong(),
                reader.get(),
                settings.timeout().toMillis());
        ask = ahead ? ask.ahead() : ask;
        while (true) {
            Answer<Held<V>> answer = store.ask(key, ask);
            Found<V> found = reading.valueOf(answer);
            LeaseId lease = answer.lease();
            if (lease != null) {
                counts.misses.increment();
                return load(flight, key, source, lease, found);
            }
            if (found != null) {
                return Result.landed(served(key, answer, found));
            }
            if (answer.status() == Answer.Status.WAIT) {
                awaitOther(flight, answer.leaseFor(), deadline);
            } else {
                ask = ask.beside(answer.version()); // void, or not to be read: as if it was not there
            }
        }
    }

    private Found<V> served(CacheKey key, Answer<Held<V>> answer, Found<V> found) {
        if (found.stale()) {
            counts.staleHits.increment();
            pauses.pause(key, Math.min(answer.leaseFor(), settings.retryAfter().toMillis()));
        } else {
            counts.l2Hits.increment();
        }
        return found;
    }

    private void awaitOther(Flights.Flight flight, long leaseFor, Deadline deadline) {
        if (deadline.passed()) {
            throw tookTooLong();
        }
        flight.awaitOther(Math.min(TimeUnit.MILLISECONDS.toNanos(leaseFor), deadline.remainingNanos()));
    }

    private Result<V> load(
            Flights.Flight flight, CacheKey key, Source<V> source, LeaseId lease, @Nullable Found<V> stale) {
        Duration softTimeout = settings.softTimeout();
        if (softTimeout == null || stale == null) {
            return loadNow(key, source, lease, stale);
        }
        CompletableFuture<Result<V>> result = CompletableFuture.supplyAsync(
                () -> {
                    flight.takeOver();
                    return ended(flight, () -> loadNow(key, source, lease, stale));
                },
                behind);
        try {
            Result<V> inTime = result.get(softTimeout.toNanos(), TimeUnit.NANOSECONDS);
            return new Result<>(inTime.found(), inTime.end(), true);
        } catch (TimeoutException late) {
            return new Result<>(stale(stale), new Flights.End.Landed(), true);
        } catch (ExecutionException failure) {
            return new Result<>(stale(stale), new Flights.End.Landed(), true);
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            return new Result<>(stale(stale), new Flights.End.Landed(), true);
        }
    }

    /** Does what remains of a flight, and ends it however that goes. */
    private Result<V> ended(Flights.Flight flight, Supplier<Result<V>> rest) {
        Flights.End end = new Flights.End.Landed();
        try {
            Result<V> result = rest.get();
            end = result.end();
            return result;
        } catch (CacheLoadException failure) {
            end = new Flights.End.Failed(failure);
            throw failure;
        } finally {
            flight.end(end);
        }
    }

    private Result<V> loadNow(CacheKey key, Source<V> source, LeaseId lease, @Nullable Found<V> stale) {
        long epoch = origin.epoch();
        Origin.Loaded<V> loaded;
        try {
            loaded = origin.load(source, stale, epoch);
        } catch (Exception failure) {
            return Result.landed(insteadOf(failure, key, lease, stale));
        }
        if (!loaded.isStored()) {
            store.giveUp(key, lease, 0);
            return new Result<>(loaded.found(key), new Flights.End.NotStored(), false);
        }
        return Result.landed(filled(key, lease, loaded));
    }

    /** What could not be stored is the answer to who has loaded it all the same. */
    private Found<V> filled(CacheKey key, LeaseId lease, Origin.Loaded<V> loaded) {
        try {
            return loaded.found(
                    key,
                    store.fill(key, lease, loaded.envelope(), loaded.lifetime()).version());
        } catch (ClusterUnavailableException unavailable) {
            log.debug("a loaded value was not stored", unavailable);
            return loaded.found(key);
        }
    }

    private Found<V> insteadOf(Exception failure, CacheKey key, LeaseId lease, @Nullable Found<V> stale) {
        long retryAfter = settings.retryAfter().toMillis();
        store.giveUp(key, lease, stale == null ? 0 : retryAfter);
        if (stale == null) {
            throw failure(failure);
        }
        pauses.pause(key, retryAfter);
        return requireNonNull(
                stale(stale.stale() ? stale : new Found<>(stale.held(), stale.tier(), true, stale.version())));
    }

    private CacheLoadException failure(Exception cause) {
        if (cause instanceof CacheLoadException same && same.getCause() instanceof Exception first) {
            return failure(first);
        }
        return cause instanceof CacheLoadException own
                ? own
                : new CacheLoadException("a key of cache '" + cache + "' could not be loaded: " + cause, cause);
    }

    private CacheLoadException tookTooLong() {
        return new CacheLoadException(
                "a load of a key of cache '" + cache + "' did not end within " + settings.timeout(), null);
    }

    /** This member changes a key: what was loaded while the cluster did not answer does not count any more. */
    public void changed(CacheKey key) {
        degraded.forget(key);
    }

    /** Loads a value that is still fresh anew, behind whoever has just got it. */
    public void refreshIfDue(CacheKey key, Found<V> found, Source<V> source) {
        if (!found.stale() && isDue(key, found.held())) {
            Flights.Flight flight = flights.begin(key);
            if (flight != null) {
                behind.execute(() -> refresh(flight, key, source));
            }
        }
    }

    /**
     * Loads a value anew that may still be fresh, on this thread, unless another load of it runs. The value that is there
     * goes on being served meanwhile, and stays if the new one is not to be stored.
     *
     * @return whether the source was asked
     * @throws CacheLoadException if it has failed, and no stale value may do
     */
    public boolean renew(CacheKey key, Source<V> source) {
        Ask ask = Ask.of(
                        ThreadLocalRandom.current().nextLong(),
                        reader.get(),
                        settings.timeout().toMillis())
                .ahead();
        Answer<Held<V>> answer = store.ask(key, ask);
        LeaseId lease = answer.lease();
        if (lease == null) {
            return false;
        }
        Result<V> result = loadNow(key, source, lease, reading.valueOf(answer));
        assert !result.handedOver();
        return true;
    }

    private boolean isDue(CacheKey key, Held<V> held) {
        Double part = settings.refreshAhead();
        Double beta = settings.earlyRefresh();
        if (part == null && beta == null) {
            return false;
        }
        double left = reading.freshForNanos(key);
        double ttl = TimeUnit.MILLISECONDS.toNanos(held.facts().ttl());
        boolean late = part != null && left < (1 - part) * ttl;
        double load = TimeUnit.MICROSECONDS.toNanos(held.facts().loadMicros());
        // XFetch: the gap is exponentially distributed, in units of what a load takes.
        boolean early = beta != null
                && load * beta * -Math.log(1 - ThreadLocalRandom.current().nextDouble()) >= left;
        return (late || early) && !pauses.isPaused(key);
    }

    private void refresh(Flights.Flight flight, CacheKey key, Source<V> source) {
        flight.takeOver();
        pauses.pause(key, TimeUnit.SECONDS.toMillis(1)); // also if another member does it
        try {
            var unused = fly(flight, key, source, Deadline.in(settings.timeout(), ticker), true);
        } catch (CacheLoadException failed) {
            pauses.pause(key, settings.retryAfter().toMillis());
        }
    }
}
