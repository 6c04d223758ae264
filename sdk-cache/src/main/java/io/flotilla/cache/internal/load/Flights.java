package io.flotilla.cache.internal.load;

import io.flotilla.ClusterUnavailableException;
import io.flotilla.cache.internal.wire.CacheKey;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Of this member's threads that want the same value one gets it, and the others wait. What it has got they take only if it
 * set out after they had begun to wait; else they take nothing but the word that it has ended, and look again, so that nobody
 * gets what was there before a change that it knows of. Thread-safe.
 */
public final class Flights {
    private final Map<CacheKey, Flight> flights = new ConcurrentHashMap<>();
    private final AtomicLong begun = new AtomicLong();

    /** How a flight has ended. */
    sealed interface End {
        /** The value is there; null if it was not to be had by this way. */
        record Landed(@Nullable Found<?> found) implements End {}

        /** It could not be loaded. */
        record Failed(Exception cause) implements End {}

        /** It is not to be stored: whoever wants it has to load it for itself. */
        record NotStored() implements End {}

        /** The cluster did not answer, and this was loaded after all who wait had begun to. */
        record Given(Found<?> found) implements End {}
    }

    /** One thread on its way to a value. */
    final class Flight {
        private final CacheKey key;
        private final long number = begun.incrementAndGet();
        private final CompletableFuture<End> end = new CompletableFuture<>();
        private final Semaphore news = new Semaphore(0);
        private volatile @Nullable Thread pilot = Thread.currentThread();
        private volatile @Nullable Found<?> stale;

        private Flight(CacheKey key) {
            this.key = key;
        }

        /** Whether it began after a {@linkplain Flights#begun moment}. */
        boolean isAfter(long moment) {
            return number > moment;
        }

        /** Another thread will go on with it. */
        void handOver() {
            pilot = null;
        }

        /** This thread goes on with it. */
        void takeOver() {
            pilot = Thread.currentThread();
        }

        /** A stale value that may do for those who wait too long. */
        void offers(@Nullable Found<?> found) {
            stale = found;
        }

        @Nullable
        Found<?> offered() {
            return stale;
        }

        /** The pilot waits until a load elsewhere has ended, or for some time. */
        void awaitOther(long nanos) {
            try {
                if (news.tryAcquire(nanos, TimeUnit.NANOSECONDS)) {
                    int unused = news.drainPermits();
                }
            } catch (InterruptedException interrupt) {
                throw interrupted(interrupt);
            }
        }

        /** Nobody joins it any more. */
        void close() {
            boolean unused = flights.remove(key, this);
        }

        void end(End how) {
            close();
            end.complete(how);
        }

        /** Another thread waits for the end; null if that did not come in time. */
        @Nullable
        End await(long nanos) {
            if (Thread.currentThread().equals(pilot)) {
                throw new IllegalStateException(
                        "the loader of a key of cache '" + key.cache() + "' asks the cache for that very key");
            }
            try {
                return end.get(nanos, TimeUnit.NANOSECONDS);
            } catch (TimeoutException late) {
                return null;
            } catch (ExecutionException impossible) {
                throw new IllegalStateException(impossible);
            } catch (InterruptedException interrupt) {
                throw interrupted(interrupt);
            }
        }

        private static ClusterUnavailableException interrupted(InterruptedException cause) {
            Thread.currentThread().interrupt();
            return new ClusterUnavailableException("interrupted while waiting for a load", cause);
        }
    }

    /** The present moment, as the number of flights so far. */
    long begun() {
        return begun.get();
    }

    /** Begins a flight; null if there is one already. */
    @Nullable
    Flight begin(CacheKey key) {
        Flight flight = new Flight(key);
        return flights.putIfAbsent(key, flight) == null ? flight : null;
    }

    /** The flight that there is; null if there is none. */
    @Nullable
    Flight present(CacheKey key) {
        return flights.get(key);
    }

    /** A load of a key has ended somewhere. */
    public void woken(CacheKey key) {
        Flight flight = flights.get(key);
        if (flight != null) {
            flight.news.release();
        }
    }
}
