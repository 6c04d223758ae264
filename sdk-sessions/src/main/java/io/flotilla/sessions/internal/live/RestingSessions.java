package io.flotilla.sessions.internal.live;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Sessions whose objects wait for the next request, so that it need not read them from their bytes again; bounded by memory.
 * They stay here while they are in use. None is used without the owner's word on what has changed. Thread-safe.
 */
final class RestingSessions {
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private record Resting(LiveSession session, int weight) {}

    private final Cache<String, Resting> sessions;

    RestingSessions(LongSupplier ticker, long maxBytes) {
        sessions = Caffeine.newBuilder()
                .maximumWeight(maxBytes)
                .weigher((String key, Resting each) -> each.weight())
                .expireAfterWrite(LONGEST)
                .ticker(ticker::getAsLong)
                .executor(Runnable::run)
                .build();
    }

    /** Keeps a session when its last request is over, if it can be used again. */
    void keep(LiveSession session) {
        if (session.isWorthKeeping()) {
            Resting now = new Resting(session, session.weight());
            if (!now.equals(sessions.getIfPresent(session.key()))) {
                sessions.put(session.key(), now);
            }
        } else {
            forget(session.key());
        }
    }

    @Nullable
    LiveSession get(String key) {
        Resting resting = sessions.getIfPresent(key);
        return resting == null ? null : resting.session();
    }

    void forget(String key) {
        sessions.invalidate(key);
    }

    void cleanUp() {
        sessions.cleanUp();
    }

    int size() {
        return (int) sessions.estimatedSize();
    }

    void clear() {
        sessions.invalidateAll();
    }
}
