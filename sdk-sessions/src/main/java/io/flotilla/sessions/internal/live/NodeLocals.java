package io.flotilla.sessions.internal.live;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;

/** Values that cannot leave this node, while no request uses their sessions. Thread-safe. */
final class NodeLocals {
    private static final Duration LONGEST = Duration.ofHours(12);
    private static final int MOST = 10_000;

    private final Cache<String, Map<String, Object>> values;

    NodeLocals(LongSupplier ticker) {
        values = Caffeine.newBuilder()
                .expireAfterWrite(LONGEST)
                .maximumSize(MOST)
                .ticker(ticker::getAsLong)
                .executor(Runnable::run)
                .build();
    }

    void keep(String key, Map<String, Object> locals) {
        if (!locals.isEmpty()) {
            values.put(key, locals);
        }
    }

    Map<String, Object> take(String key) {
        Map<String, Object> kept = values.asMap().remove(key);
        return kept == null ? Map.of() : kept;
    }

    void cleanUp() {
        values.cleanUp();
    }
}
