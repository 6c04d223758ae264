package io.flotilla.health.internal;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Configurations for tests. */
final class Settings {
    static final HealthConfig DEFAULTS = config(Duration.ofSeconds(10), Duration.ofMillis(500), 3);

    private Settings() {}

    static HealthConfig config(Duration drainTimeout, Duration drainQuiet, int probesToAcknowledge) {
        return new HealthConfig(
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                Duration.ofSeconds(1),
                null,
                null,
                drainTimeout,
                drainQuiet,
                probesToAcknowledge,
                null,
                null,
                null,
                null,
                List.of(),
                1,
                1,
                Duration.ofSeconds(30),
                Map.of());
    }
}
