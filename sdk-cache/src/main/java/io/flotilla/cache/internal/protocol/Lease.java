package io.flotilla.cache.internal.protocol;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/**
 * The right to load a key.
 *
 * @param id which one it is
 * @param until the owner's time in milliseconds at which somebody else may get it
 * @param waiting the members that want to hear when the load has ended, one way or another
 */
public record Lease(LeaseId id, long until, Set<UUID> waiting) {
    public Lease {
        waiting = Set.copyOf(waiting);
    }

    boolean isFor(long token) {
        return id.token() == token;
    }

    public boolean isHeld(long now) {
        return now < until;
    }

    Lease awaitedBy(UUID reader) {
        Set<UUID> more = new HashSet<>(waiting);
        more.add(reader);
        return new Lease(id, until, more);
    }
}
