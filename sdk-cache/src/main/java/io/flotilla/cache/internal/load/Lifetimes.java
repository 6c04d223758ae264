package io.flotilla.cache.internal.load;

import io.flotilla.cache.internal.CacheConfig;
import io.flotilla.cache.internal.tier.Store;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** How long values live by a cache's settings. */
public final class Lifetimes {
    private final CacheConfig.Times times;

    public Lifetimes(CacheConfig.Times times) {
        this.times = times;
    }

    /** Of a value that says so itself, exactly; of others with the jitter. */
    public Store.Lifetime of(@Nullable Duration own, boolean nothing) {
        Duration negative = times.negativeTtl();
        Duration usual = nothing && negative != null ? negative : times.ttl();
        long fresh = own == null ? jittered(usual.toMillis()) : own.toMillis();
        return new Store.Lifetime(fresh, fresh + (nothing ? 0 : times.staleFor().toMillis()));
    }

    private long jittered(long millis) {
        return times.jitter() == 0
                ? millis
                : Math.max(
                        1,
                        Math.round(millis
                                * (1
                                        - times.jitter()
                                                * ThreadLocalRandom.current().nextDouble())));
    }
}
