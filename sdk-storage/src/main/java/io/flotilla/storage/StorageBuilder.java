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
    private @Nullable Path mirror;
    private @Nullable Integer copies;
    private @Nullable String zone;
    private @Nullable Integer weight;
    private @Nullable Duration replaceAfter;
    private @Nullable Duration grace;
    private @Nullable Duration sweepInterval;
    private @Nullable Integer backups;

    StorageBuilder() {}

    /**
     * Keeps objects in a folder that all nodes mount, on a network or cluster file system. This or
     * {@link #mirror} is required.
     *
     * @param folder an absolute path to a directory that is there; the same files on every node, at whatever path
     * @return this builder
     */
    public StorageBuilder shared(Path folder) {
        shared = Check.once(shared, requireNonNull(folder, "folder"), "storage.shared");
        return this;
    }

    /**
     * Keeps objects on the disks of the nodes themselves, each of them on {@link #copies} nodes: no folder is shared. The
     * directory belongs to this node alone, which is known by it when it comes back.
     *
     * @param folder an absolute path to a directory that is there, on this node's own disk
     * @return this builder
     */
    public StorageBuilder mirror(Path folder) {
        mirror = Check.once(mirror, requireNonNull(folder, "folder"), "storage.mirror");
        return this;
    }

    /**
     * On how many nodes each object of a {@link #mirror} lies before its writer is told that it is stored; on all as long
     * as there have never been that many nodes. The same on all nodes. Default 2.
     *
     * @param count 1 to 7
     * @return this builder
     */
    public StorageBuilder copies(int count) {
        copies = Check.once(copies, count, "storage.copies");
        return this;
    }

    /**
     * What fails together with this node: copies of a {@link #mirror} lie in different zones while there are any.
     * Default: all nodes are in one.
     *
     * @param name any word of up to 100 characters; never changed once the directory is in use
     * @return this builder
     */
    public StorageBuilder zone(String name) {
        zone = Check.once(zone, requireNonNull(name, "name"), "storage.zone");
        return this;
    }

    /**
     * How much of a {@link #mirror} this node takes, compared with others. Default 100. Can only be raised later.
     *
     * @param share 1 to 1,000,000
     * @return this builder
     */
    public StorageBuilder weight(int share) {
        weight = Check.once(weight, share, "storage.weight");
        return this;
    }

    /**
     * How long a node of a {@link #mirror} may be away before others make copies in its place. Default 10 minutes: longer
     * than a restart.
     *
     * @param time 0 to 7 d
     * @return this builder
     */
    public StorageBuilder replaceAfter(Duration time) {
        replaceAfter = Check.once(replaceAfter, requireNonNull(time, "time"), "storage.replaceAfter");
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
                mirror,
                requireNonNullElse(copies, 2),
                requireNonNullElse(zone, ""),
                requireNonNullElse(weight, 100),
                requireNonNullElse(replaceAfter, Duration.ofMinutes(10)),
                namespaces,
                requireNonNullElse(grace, Duration.ofHours(24)),
                requireNonNullElse(sweepInterval, Duration.ofHours(6)),
                requireNonNullElse(backups, 1));
    }
}
