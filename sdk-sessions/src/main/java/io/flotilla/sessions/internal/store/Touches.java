package io.flotilla.sessions.internal.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Accesses noted at once, and then at most once a second for each session. */
final class Touches {
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int MOST = 100_000;

    private final Cache<String, Boolean> recent;

    Touches(LongSupplier ticker) {
        recent = Caffeine.newBuilder()
                .expireAfterWrite(PAUSE)
                .maximumSize(MOST)
                .ticker(ticker::getAsLong)
                .executor(Runnable::run)
                .build();
    }

    boolean isDue(String key) {
        return recent.asMap().putIfAbsent(key, Boolean.TRUE) == null;
    }

    void cleanUp() {
        recent.cleanUp();
    }

    /** How many there are in memory. */
    long size() {
        return recent.estimatedSize();
    }
}
