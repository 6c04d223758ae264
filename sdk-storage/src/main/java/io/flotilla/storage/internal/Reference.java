package io.flotilla.storage.internal;

import org.jspecify.annotations.Nullable;

/**
 * What a name stands for, at one generation; written once and never changed. A reference names the generation that it
 * follows, its base, and a name has at most one follower of each base: that is how two writers never both win.
 *
 * @param namespace where the name belongs
 * @param name the object's name
 * @param base the generation before, 0 for none
 * @param generation greater than the base; milliseconds since the epoch unless the clock lags behind
 * @param operation unique: tells its writer whether a reference on disk is its own
 * @param content what the object holds; null if it was deleted
 */
public record Reference(
        String namespace,
        String name,
        long base,
        long generation,
        String operation,
        @Nullable Content content) {

    /** What is there to see of it at that time; null for nothing. */
    public @Nullable Content visible(long now) {
        return content == null || content.expired(now) ? null : content;
    }

    public boolean isSameAs(Reference other) {
        return operation.equals(other.operation);
    }
}
