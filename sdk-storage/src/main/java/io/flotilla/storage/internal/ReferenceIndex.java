package io.flotilla.storage.internal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the cluster knows of the references on disk: the authority for what is the latest of each name, since a folder
 * shows another node's changes late. Every method may throw {@link io.flotilla.ClusterUnavailableException}, and does so
 * until all references on disk are known. Thread-safe.
 */
public interface ReferenceIndex {

    /** The latest reference of a name, deleted ones too; null if there is none. */
    @Nullable
    Reference find(String namespace, String name);

    /**
     * Tells of a reference that was just added to the disk.
     *
     * @return whether it is the latest of its name; if not it came too late and is void
     */
    boolean added(Reference reference);

    /** Tells of a reference that is on disk, and perhaps not known yet. */
    void found(Reference latest);

    /** Forgets a reference, unless the name has got another one. */
    void forget(Reference reference);

    /** Some objects of a namespace that are visible at that time, in the order of their names. */
    List<Reference> list(String namespace, String prefix, String after, int limit, long now);

    /** How much a namespace holds at that time. */
    Usage usage(String namespace, long now);

    /** All that must not be swept. */
    Snapshot living();

    /**
     * How much there is.
     *
     * @param objects visible objects
     * @param bytes their sizes together, each counted even where two share their bytes
     */
    record Usage(long objects, long bytes) {}

    /** What the index held at one time. */
    interface Snapshot {
        LongSet blobs();

        boolean knows(Reference reference);
    }
}
