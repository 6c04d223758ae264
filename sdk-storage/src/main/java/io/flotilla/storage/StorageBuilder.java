package io.flotilla.storage;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import io.flotilla.spi.Check;
import io.flotilla.storage.internal.Limits;
import io.flotilla.storage.internal.StorageConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the storage module. Making one twice is an error. Not thread-safe.
 *
 * @since 0.1
 */
public final class StorageBuilder {
    private final Map<String, Limits> namespaces = new LinkedHashMap<>();
    private @Nullable Path shared;
    private @Nullable Duration grace;
    private @Nullable Duration sweepInterval;
    private @Nullable Integer backups;

    StorageBuilder() {}

    /**
     * Keeps objects in a folder that all nodes mount, on a network or cluster file system. Required.
     *
     * @param folder an absolute path to a directory that is there; the same files on every node, at whatever path
     * @return this builder
     */
    public StorageBuilder shared(Path folder) {
        shared = Check.once(shared, requireNonNull(folder, "folder"), "storage.shared");
        return this;
    }

    /**
     * Limits what a namespace may hold. Default: no limits.
     *
     * @param name the namespace's name
     * @param limits sets the limits
     * @return this builder
     */
    public StorageBuilder namespace(String name, Consumer<NamespaceLimits> limits) {
        requireNonNull(limits, "limits");
        NamespaceLimits builder = new NamespaceLimits();
        limits.accept(builder);
        Limits present = namespaces.putIfAbsent(requireNonNull(name, "name"), builder.build());
        if (present != null) {
            throw new IllegalStateException("storage.namespace " + name + " is set twice");
        }
        return this;
    }

    /**
     * For how long the sweep leaves alone what nobody seems to need, and then for how long what it has thrown away stays
     * in the trash. Default 24 hours. Must be longer than any upload may stand still, and than clocks may differ.
     *
     * @param time 10 min to 365 d
     * @return this builder
     */
    public StorageBuilder grace(Duration time) {
        grace = Check.once(grace, requireNonNull(time, "time"), "storage.grace");
        return this;
    }

    /**
     * Time between two sweeps, which one node makes for all. Each reads all references. Default 6 hours.
     *
     * @param interval 1 min to 30 d
     * @return this builder
     */
    public StorageBuilder sweepInterval(Duration interval) {
        sweepInterval = Check.once(sweepInterval, requireNonNull(interval, "interval"), "storage.sweepInterval");
        return this;
    }

    /**
     * How many other members have a copy of each reference in memory. Default 1. When more members than that are lost at
     * once, references are read from disk again, and calls are refused until then.
     *
     * @param copies 0 to 6
     * @return this builder
     */
    public StorageBuilder backups(int copies) {
        backups = Check.once(backups, copies, "storage.backups");
        return this;
    }

    StorageConfig build() {
        return new StorageConfig(
                shared,
                namespaces,
                requireNonNullElse(grace, Duration.ofHours(24)),
                requireNonNullElse(sweepInterval, Duration.ofHours(6)),
                requireNonNullElse(backups, 1));
    }
}
