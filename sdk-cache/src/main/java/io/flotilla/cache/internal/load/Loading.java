package io.flotilla.cache.internal.load;

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
import io.flotilla.spi.Deadline;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
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

    /** For how long a stale value does without a question to its owner. */
    private static final Duration STALE_PAUSE = Duration.ofMillis(100);
    /** How often a member tries to load a value anew before its end. */
    private static final Duration REFRESH_PAUSE = Duration.ofSeconds(1);

    private final String cache;
    private final CacheConfig.Loading settings;
    private final boolean allowsStale;
    private final Store<V> store;
    private final Reading<V> reading;
    private final Origin<V> origin;
    private final Counts counts;
    private final Flights flights;
    private final ExecutorService behind;
    private final LongSupplier ticker;
    private final Supplier<UUID> reader;
    private final Breaker breaker;
    private final Pauses staleDoes;
    private final Pauses refreshed;

    /**
     * What a member's caches share.
     *
     * @param behind threads for loads that nobody waits for, or not to the end
     * @param reader the id of this member, which changes when it has to join anew
     * @param breaker of all caches of one cluster
     */
    public record Shared(
            Flights flights, ExecutorService behind, LongSupplier ticker, Supplier<UUID> reader, Breaker breaker) {
        public Shared(Flights flights, ExecutorService behind, LongSupplier ticker, Supplier<UUID> reader) {
            this(flights, behind, ticker, reader, new Breaker(ticker));
        }

        /** For a cache that asks nobody else. */
        public Shared alone() {
            return new Shared(flights, behind, ticker, reader);
        }
    }

    public Loading(
            CacheConfig config, Store<V> store, Reading<V> reading, Origin<V> origin, Counts counts, Shared shared) {
        this.cache = config.name();
        this.settings = config.loading();
        this.allowsStale = !config.times().staleFor().isZero();
        this.store = store;
        this.reading = reading;
        this.origin = origin;
        this.counts = counts;
        this.flights = shared.flights();
        this.behind = shared.behind();
        this.ticker = shared.ticker();
        this.reader = shared.reader();
        this.breaker = shared.breaker();
        this.staleDoes = new Pauses(shared.ticker());
        this.refreshed = new Pauses(shared.ticker());
    }

    /**
     * Gets a value.
     *
     * @throws CacheLoadException if it could not be loaded, and no stale one may do
     */
    public Found<V> get(CacheKey key, Source<V> source) {
        Found<V> found = near(key);
        if (found != null) {
            refreshIfDue(key, found, source);
            return found;
        }
        return far(key, source);
    }

    private Found<V> far(CacheKey key, Source<V> source) {
        Deadline deadline = Deadline.in(settings.timeout(), ticker);
        long asked = flights.begun();
        while (true) {
            Flights.Flight flight = flights.begin(key);
            Found<V> found =
                    flight == null ? follow(key, source, deadline, asked) : fly(flight, key, source, deadline, false);
            if (found == null) {
                found = near(key);
            }
            if (found != null) {
                return found;
            }
        }
    }

    /** A value that needs no question to its owner. */
    @Nullable
    Found<V> near(CacheKey key) {
        Found<V> found = nearIfKnown(key);
        return found == null && allowsStale && staleDoes.isPaused(key) ? stale(reading.staleAndProven(key)) : found;
    }

    /** Whether its tags hold may have to be asked. */
    private @Nullable Found<V> nearIfKnown(CacheKey key) {
        try {
            return reading.near(key);
        } catch (ClusterUnavailableException unknown) {
            return null;
        }
    }

    /** Counts a stale value that is served; null if there is none. */
    @Nullable
    Found<V> stale(@Nullable Found<V> found) {
        if (found == null) {
            return null;
        }
        counts.staleHits.increment();
        return found.stale() ? found : new Found<>(found.held(), found.tier(), true, found.version());
    }

    /** Waits for this member's flight; null to look again. */
    private @Nullable Found<V> follow(CacheKey key, Source<V> source, Deadline deadline, long asked) {
        Flights.Flight present = flights.present(key);
        if (present == null) {
            return null;
        }
        Flights.End end = present.await(patience(deadline));
        if (end instanceof Flights.End.Failed failed) {
            throw failure(failed.cause());
        }
        if (end instanceof Flights.End.NotStored) {
            return origin.loadUnstored(key, source);
        }
        if (end instanceof Flights.End.Landed landed) {
            return present.isAfter(asked) ? shared(key, landed) : null;
        }
        @SuppressWarnings("unchecked") // a flight of this key is one of this cache
        Found<V> given = (Found<V>) (end instanceof Flights.End.Given loaded ? loaded.found() : null);
        return end == null ? insteadOfWaiting(present, deadline) : given;
    }

    /** What another thread has asked for on behalf of this one; what is near is newer still. */
    private @Nullable Found<V> shared(CacheKey key, Flights.End.Landed landed) {
        @SuppressWarnings("unchecked") // a flight of this key is one of this cache
        Found<V> found = (Found<V>) landed.found();
        Found<V> near = near(key);
        if (near != null || found == null || found.stale()) {
            return near != null ? near : stale(found);
        }
        counts.l2Hits.increment();
        return found;
    }

    private long patience(Deadline deadline) {
        Duration softTimeout = settings.softTimeout();
        return softTimeout == null
                ? deadline.remainingNanos()
                : Math.min(softTimeout.toNanos(), deadline.remainingNanos());
    }

    private @Nullable Found<V> insteadOfWaiting(Flights.Flight flight, Deadline deadline) {
        @SuppressWarnings("unchecked") // a flight of this key is one of this cache
        Found<V> offered = (Found<V>) flight.offered();
        if (offered == null && deadline.passed()) {
            throw tookTooLong();
        }
        return stale(offered);
    }

    /** Gets the value for all who wait for it on this member; null to look again. */
    private @Nullable Found<V> fly(
            Flights.Flight flight, CacheKey key, Source<V> source, Deadline deadline, boolean ahead) {
        Flights.End end = new Flights.End.Landed(null);
        boolean handedOver = false;
        try {
            Result<V> result = breaker.allows()
                    ? ask(flight, key, source, deadline, ahead)
                    : withoutCluster(flight, key, source, ahead);
            handedOver = result.handedOver();
            end = result.end();
            return result.found();
        } catch (CacheLoadException failure) {
            end = new Flights.End.Failed(failure);
            throw failure;
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
            return new Result<>(found, new Flights.End.Landed(found), false);
        }
    }

    private Result<V> ask(Flights.Flight flight, CacheKey key, Source<V> source, Deadline deadline, boolean ahead) {
        Ask plain = Ask.of(
                ThreadLocalRandom.current().nextLong(),
                reader.get(),
                settings.timeout().toMillis());
        Ask ask = ahead ? plain.ahead() : plain;
        while (true) {
            Reply<V> reply;
            try {
                reply = reply(key, ask);
                breaker.answered();
            } catch (ClusterUnavailableException unavailable) {
                log.debug("the cluster does not answer; the loader is asked", unavailable);
                if (!Thread.currentThread().isInterrupted()) { // which says nothing of the cluster
                    breaker.failed();
                }
                store.giveUp(key, LeaseId.ofToken(ask.token()), 0); // the answer may have been a lease
                return withoutCluster(flight, key, source, ahead);
            }
            Answer<Held<V>> answer = reply.answer();
            if (answer.lease() != null) {
                countMiss(ahead);
                return load(flight, new Task<>(key, source, answer.lease(), reply.epoch(), reply.found()));
            }
            if (reply.found() != null) {
                return Result.landed(served(key, reply.found()));
            }
            if (answer.status() == Answer.Status.WAIT) {
                awaitOther(flight, answer.leaseFor(), deadline);
            } else {
                ask = ask.beside(answer.version()); // void, or not to be read: as if it was not there
            }
        }
    }

    /**
     * An owner's answer.
     *
     * @param found the value in it, if that counts
     * @param epoch the generation that there is before a load, if there will be one
     */
    private record Reply<V>(
            Answer<Held<V>> answer, @Nullable Found<V> found, long epoch) {}

    private Reply<V> reply(CacheKey key, Ask ask) {
        Answer<Held<V>> answer = store.ask(key, ask);
        long epoch = answer.lease() == null ? 0 : origin.epoch();
        return new Reply<>(answer, reading.valueOf(answer), epoch);
    }

    private void countMiss(boolean ahead) {
        if (!ahead) {
            counts.misses.increment();
        }
    }

    /** Counts a value that an owner has answered. */
    Found<V> served(CacheKey key, Found<V> found) {
        if (found.stale()) {
            staleDoes.pause(key, STALE_PAUSE);
            counts.staleHits.increment();
            return found;
        }
        counts.l2Hits.increment();
        return found;
    }

    private void awaitOther(Flights.Flight flight, long leaseFor, Deadline deadline) {
        if (deadline.passed()) {
            throw tookTooLong();
        }
        flight.awaitOther(Math.min(TimeUnit.MILLISECONDS.toNanos(leaseFor), deadline.remainingNanos()));
    }

    /** Goes on with the loader: who waits by now gets what it brings, who comes later is not let in. */
    private Result<V> withoutCluster(Flights.Flight flight, CacheKey key, Source<V> source, boolean ahead) {
        if (ahead) {
            return Result.landed(null); // nobody waits for what cannot be stored
        }
        flight.close();
        try {
            Found<V> found = origin.loadUnstored(key, source);
            return new Result<>(found, new Flights.End.Given(found), false);
        } catch (CacheLoadException failure) {
            Found<V> last = lastResort(key);
            if (last == null) {
                throw failure;
            }
            return new Result<>(last, new Flights.End.Given(last), false);
        }
    }

    /** What may do if neither the cluster nor the loader has a value. */
    @Nullable
    Found<V> lastResort(CacheKey key) {
        return allowsStale ? stale(reading.nearAndStale(key)) : null;
    }

    /** A load that is to be done. */
    private record Task<V>(
            CacheKey key,
            Source<V> source,
            LeaseId lease,
            long epoch,
            @Nullable Found<V> stale) {}

    private Result<V> load(Flights.Flight flight, Task<V> task) {
        Duration softTimeout = settings.softTimeout();
        Found<V> stale = task.stale();
        if (softTimeout == null || stale == null) {
            return loadNow(task);
        }
        flight.offers(stale);
        CompletableFuture<Result<V>> result = new CompletableFuture<>();
        if (!inBackground(flight, () -> loadBehind(flight, result, task))) {
            store.giveUp(task.key(), task.lease(), 0);
            return Result.landed(stale(stale));
        }
        return new Result<>(inTime(result, softTimeout, stale), new Flights.End.Landed(null), true);
    }

    private boolean inBackground(Flights.Flight flight, Runnable task) {
        flight.handOver();
        try {
            behind.execute(task);
            return true;
        } catch (RejectedExecutionException closing) {
            flight.takeOver();
            return false;
        }
    }

    /** Does what remains of a flight, and ends it however that goes. */
    private void loadBehind(Flights.Flight flight, CompletableFuture<Result<V>> done, Task<V> task) {
        flight.takeOver();
        Flights.End end = new Flights.End.Landed(null);
        try {
            Result<V> result = loadNow(task);
            end = result.end();
            done.complete(result);
        } catch (CacheLoadException failure) {
            end = new Flights.End.Failed(failure);
            done.completeExceptionally(failure);
        } catch (RuntimeException | Error failure) {
            done.completeExceptionally(failure);
            throw failure;
        } finally {
            flight.end(end);
        }
    }

    private @Nullable Found<V> inTime(CompletableFuture<Result<V>> result, Duration softTimeout, Found<V> stale) {
        try {
            return result.get(softTimeout.toNanos(), TimeUnit.NANOSECONDS).found();
        } catch (TimeoutException | ExecutionException late) {
            return stale(stale);
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            return stale(stale);
        }
    }

    /** Loads by a lease, which ends whatever comes of it. */
    private Result<V> loadNow(Task<V> task) {
        long postponedFor = 0;
        boolean filled = false;
        try {
            Origin.Loaded<V> loaded = origin.load(task.source(), task.stale(), task.epoch());
            if (!loaded.isStored()) {
                return new Result<>(loaded.found(task.key()), new Flights.End.NotStored(), false);
            }
            Found<V> found = filled(task, loaded);
            filled = found.version() != 0;
            return Result.landed(found);
        } catch (Origin.LoaderException failure) {
            if (task.stale() == null) {
                throw failure(failure.failure());
            }
            postponedFor = settings.retryAfter().toMillis();
            staleDoes.pause(task.key(), STALE_PAUSE);
            return Result.landed(stale(task.stale()));
        } finally {
            if (!filled) {
                store.giveUp(task.key(), task.lease(), postponedFor);
            }
        }
    }

    /** What could not be stored is the answer to who has loaded it all the same, without a version. */
    private Found<V> filled(Task<V> task, Origin.Loaded<V> loaded) {
        try {
            Written written = store.fill(task.key(), task.lease(), loaded.envelope(), loaded.lifetime());
            return loaded.found(task.key(), written.version());
        } catch (ClusterUnavailableException unavailable) {
            log.debug("a loaded value was not stored", unavailable);
            return loaded.found(task.key());
        }
    }

    /** What callers get if a loader has failed. */
    CacheLoadException failure(Exception cause) {
        if (cause instanceof CacheLoadException same) {
            return same.getCause() instanceof Exception first ? failure(first) : same;
        }
        return new CacheLoadException("a key of cache '" + cache + "' could not be loaded", cause);
    }

    private CacheLoadException tookTooLong() {
        return new CacheLoadException(
                "a load of a key of cache '" + cache + "' did not end within " + settings.timeout(), null);
    }

    /** Loads a value that is still fresh anew, behind whoever has just got it. */
    private void refreshIfDue(CacheKey key, Found<V> found, Source<V> source) {
        if (!found.stale() && isDue(key, found.held()) && flights.present(key) == null) {
            refreshed.pause(key, REFRESH_PAUSE); // also if another member does it
            try {
                behind.execute(() -> refresh(key, source));
            } catch (RejectedExecutionException closing) {
                return; // whoever asked has its value
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
        Reply<V> reply = reply(key, ask);
        LeaseId lease = reply.answer().lease();
        if (lease == null) {
            return false;
        }
        Result<V> result = loadNow(new Task<>(key, source, lease, reply.epoch(), reply.found()));
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
        return (late || early) && !refreshed.isPaused(key);
    }

    private void refresh(CacheKey key, Source<V> source) {
        Flights.Flight flight = flights.begin(key);
        if (flight == null) {
            return; // somebody gets it anyway
        }
        try {
            var unused = fly(flight, key, source, Deadline.in(settings.timeout(), ticker), true);
        } catch (RuntimeException failed) { // nobody waits for it; the value still does
            log.debug("a value was not loaded ahead of its time", failed);
            refreshed.pause(key, settings.retryAfter());
        }
    }
}
