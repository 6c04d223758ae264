package io.flotilla.storage.internal;

import io.flotilla.storage.StorageException;
import io.flotilla.storage.StorageException.Reason;
import java.io.IOException;
import java.time.InstantSource;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Changes what a name stands for: first on disk, where of several followers of a generation one wins, then in the index.
 * A reference of a writer that died in between is taken into the index by whoever comes next.
 */
final class Commits {
    private static final int TRIES = 100;

    private final Backend backend;
    private final ReferenceIndex index;
    private final InstantSource clock;

    Commits(Backend backend, ReferenceIndex index, InstantSource clock) {
        this.backend = backend;
        this.index = index;
        this.clock = clock;
    }

    /** What a name shall stand for. */
    interface Change {
        /**
         * Returns what comes next; called again if another writer was faster.
         *
         * @param present what is visible, null for nothing
         * @param generation of what is visible, {@link PutRequest#ABSENT} for nothing
         * @return the new content, null to delete it
         * @throws StorageException if it must not be changed
         */
        @Nullable
        Content next(@Nullable Content present, long generation);
    }

    /**
     * Makes a change, and returns when all nodes see it.
     *
     * @throws StorageException if the change refuses, or others were faster for too long
     */
    Reference commit(String namespace, String name, Change change) throws IOException {
        for (int i = 0; i < TRIES; i++) {
            Reference present = index.find(namespace, name);
            Reference next = follower(namespace, name, present, change);
            Reference first = backend.append(next);
            if (index.added(first) && first.isSameAs(next)) {
                return next;
            }
            if (first.isSameAs(next)) {
                backend.retract(next); // the index has gone on: it came too late
            }
        }
        throw new StorageException(
                Reason.UNAVAILABLE,
                "an object is being changed by too many writers at once, nothing has changed; trying again may help",
                null);
    }

    private Reference follower(String namespace, String name, @Nullable Reference present, Change change) {
        long now = clock.millis();
        Content visible = present == null ? null : present.visible(now);
        Content content = change.next(visible, present == null || visible == null ? 0 : present.generation());
        long base = present == null ? 0 : present.generation();
        String operation = UUID.randomUUID().toString();
        return new Reference(namespace, name, base, Math.max(base + 1, now), operation, content);
    }
}
