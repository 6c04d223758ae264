package io.flotilla.sessions.internal.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * When a cookie that its client drops after a while (Max-Age) is to be sent anew, so that it stays with a client that keeps
 * coming: a tenth of that time after the session began, and after this node sent it last. What other nodes have sent is not
 * known, nor what was sent long ago: once too often does no harm. Thread-safe.
 */
final class RollingAge {
    private static final int PARTS = 10;
    private static final int MOST = 100_000;

    private final Duration pause;
    private final InstantSource clock;
    private final Cache<String, Boolean> recent;

    /**
     * @param maxAge seconds; not above zero if clients keep the cookie anyhow
     */
    RollingAge(int maxAge, InstantSource clock, LongSupplier ticker) {
        this.pause = Duration.ofSeconds(Math.max(0, maxAge)).dividedBy(PARTS);
        this.clock = clock;
        this.recent = Caffeine.newBuilder()
                .expireAfterWrite(pause)
                .maximumSize(MOST)
                .ticker(ticker::getAsLong)
                .executor(Runnable::run)
                .build();
    }

    /** Whether a session's cookie may be old by now. */
    boolean isDue(String key, long created) {
        return !pause.isZero() && clock.millis() - created >= pause.toMillis() && recent.getIfPresent(key) == null;
    }

    void sent(String key) {
        if (!pause.isZero()) {
            recent.put(key, Boolean.TRUE);
        }
    }

    void cleanUp() {
        recent.cleanUp();
    }
}
