package io.flotilla.storage.internal;

import io.flotilla.ClusterException;
import io.flotilla.storage.internal.ReferenceIndex.Snapshot;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;

/** Has the backend sweep, by what the cluster knows; and deletes objects whose time is over on the way. */
final class Sweeper {
    /** Longer than any client may believe that an old generation is the present one. */
    private static final Duration DELETED_FOR = Duration.ofDays(30);

    private final Backend backend;
    private final ReferenceIndex index;
    private final Objects objects;
    private final InstantSource clock;

    Sweeper(Backend backend, ReferenceIndex index, Objects objects, InstantSource clock) {
        this.backend = backend;
        this.index = index;
        this.objects = objects;
        this.clock = clock;
    }

    /**
     * Sweeps once.
     *
     * @throws ClusterException if the cluster does not know all references; nothing is swept then
     */
    void sweep() throws IOException {
        backend.sweep(new Indexed(index.living(), clock.millis()));
    }

    private final class Indexed implements Backend.Living {
        private final Snapshot snapshot;
        private final long now;

        Indexed(Snapshot snapshot, long now) {
            this.snapshot = snapshot;
            this.now = now;
        }

        @Override
        public LongSet blobs() {
            return snapshot.blobs();
        }

        @Override
        public void found(Reference latest) {
            if (!snapshot.knows(latest)) {
                index.found(latest);
            }
            if (latest.content() != null && latest.content().expired(now)) {
                boolean unused = objects.deleteExpired(latest);
            }
        }

        @Override
        public boolean forget(Reference deleted) {
            if (deleted.generation() >= now - DELETED_FOR.toMillis()) {
                return false;
            }
            index.forget(deleted);
            return true;
        }

        @Override
        public long now() {
            return now;
        }
    }
}
