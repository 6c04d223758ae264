package io.flotilla.storage.internal;

import io.flotilla.spi.Check;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The settings of the module; all validation is here. */
public record StorageConfig(
        @Nullable Path shared,
        @Nullable Path mirror,
        int copies,
        String zone,
        int weight,
        Duration replaceAfter,
        Map<String, Limits> namespaces,
        Duration grace,
        Duration sweepInterval,
        int backups) {
    private static final int MOST_WEIGHT = 1_000_000;

    public StorageConfig {
        Check.that(
                shared != null || mirror != null,
                "storage.shared must be set: the folder that all nodes share, was null; or storage.mirror instead");
        Check.that(
                shared == null || mirror == null,
                "storage.mirror (%s) must not be set together with storage.shared (%s)",
                mirror,
                shared);
        requireAbsolute("storage.shared", shared);
        requireAbsolute("storage.mirror", mirror);
        Check.that(copies >= 1 && copies <= 7, "storage.copies must be between 1 and 7, was %d", copies);
        Check.that(zone.length() <= 100, "storage.zone must be at most 100 characters, was %d", zone.length());
        Check.that(
                weight >= 1 && weight <= MOST_WEIGHT,
                "storage.weight must be between 1 and %d, was %d",
                MOST_WEIGHT,
                weight);
        Check.between("storage.replaceAfter", replaceAfter, Duration.ZERO, Duration.ofDays(7));
        namespaces = java.util.Collections.unmodifiableMap(new TreeMap<>(namespaces));
        namespaces.keySet().forEach(Names::namespace);
        Check.between("storage.grace", grace, Duration.ofMinutes(10), Duration.ofDays(365));
        Check.between("storage.sweepInterval", sweepInterval, Duration.ofMinutes(1), Duration.ofDays(30));
        Check.that(backups >= 0 && backups <= 6, "storage.backups must be between 0 and 6, was %d", backups);
    }

    private static void requireAbsolute(String setting, @Nullable Path folder) {
        Check.that(folder == null || folder.isAbsolute(), "%s must be an absolute path, was %s", setting, folder);
    }

    Limits limits(String namespace) {
        return namespaces.getOrDefault(namespace, Limits.NONE);
    }
}
