package io.flotilla.storage;

import io.flotilla.spi.Check;
import io.flotilla.storage.internal.Limits;
import org.jspecify.annotations.Nullable;

/**
 * What a namespace may hold. Making a setting twice is an error. Not thread-safe.
 *
 * <p>The size of an object is checked exactly. What all objects together hold is known to a node up to two seconds late as
 * far as other nodes have stored it, so that nodes which store at the same time may pass those limits by that much.
 *
 * @since 0.1
 */
public final class NamespaceLimits {
    private @Nullable Long maxObjectSize;
    private @Nullable Long maxObjects;
    private @Nullable Long maxBytes;

    NamespaceLimits() {}

    /**
     * The size of the largest object. Default: no limit.
     *
     * @param bytes 0 or more
     * @return these limits
     */
    public NamespaceLimits maxObjectSize(long bytes) {
        maxObjectSize = Check.once(maxObjectSize, bytes, "storage.maxObjectSize");
        return this;
    }

    /**
     * How many objects there may be. Default: no limit.
     *
     * @param count 0 or more
     * @return these limits
     */
    public NamespaceLimits maxObjects(long count) {
        maxObjects = Check.once(maxObjects, count, "storage.maxObjects");
        return this;
    }

    /**
     * How many bytes all objects may have together, those counted twice that two objects share. Default: no limit.
     *
     * @param bytes 0 or more
     * @return these limits
     */
    public NamespaceLimits maxBytes(long bytes) {
        maxBytes = Check.once(maxBytes, bytes, "storage.maxBytes");
        return this;
    }

    Limits build() {
        return new Limits(orNone(maxObjectSize), orNone(maxObjects), orNone(maxBytes));
    }

    private static long orNone(@Nullable Long limit) {
        return limit == null ? Limits.NO_LIMIT : limit;
    }
}
