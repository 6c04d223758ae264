package io.flotilla.storage.internal;

import static java.util.Objects.requireNonNull;

import io.flotilla.spi.Check;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The settings of the module; all validation is here. */
public record StorageConfig(
        @Nullable Path shared, Map<String, Limits> namespaces, Duration grace, Duration sweepInterval, int backups) {

    public StorageConfig {
        Check.that(shared != null, "storage.shared must be set: the folder that all nodes share, was null");
        Check.that(requireNonNull(shared).isAbsolute(), "storage.shared must be an absolute path, was %s", shared);
        namespaces = java.util.Collections.unmodifiableMap(new TreeMap<>(namespaces));
        namespaces.keySet().forEach(Names::namespace);
        Check.between("storage.grace", grace, Duration.ofMinutes(10), Duration.ofDays(365));
        Check.between("storage.sweepInterval", sweepInterval, Duration.ofMinutes(1), Duration.ofDays(30));
        Check.that(backups >= 0 && backups <= 6, "storage.backups must be between 0 and 6, was %d", backups);
    }

    Path folder() {
        return requireNonNull(shared);
    }

    Limits limits(String namespace) {
        return namespaces.getOrDefault(namespace, Limits.NONE);
    }
}
