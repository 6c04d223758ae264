package io.flotilla.internal.security;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The accepted connections that have not proven themselves, until they do or are closed: a bounded number, in all and from
 * one address. A newcomer is always let in and pushes out another: from its own address if that has its fill, else from the
 * address that has most; one that never said a word, or is refused, before one that did, the oldest first. So silent
 * connections, however many, keep no member out.
 *
 * <p>Thread-safe.
 */
final class PendingConnections<C extends PendingConnections.Candidate> {

    /** A connection that has not proven itself. */
    interface Candidate {
        InetAddress address();

        /** Whether it has said something, and nothing yet for which it was refused. */
        boolean hasSpoken();
    }

    private final int mostPerAddress;
    private final int most;
    private final Set<C> pending = new LinkedHashSet<>(); // guarded by this; oldest first

    PendingConnections(int mostPerAddress, int most) {
        this.mostPerAddress = mostPerAddress;
        this.most = most;
    }

    /** Lets a connection in. Returns the one that had to go, which the caller must close; null if there was room. */
    synchronized @Nullable C admit(C newcomer) {
        C victim = victim(newcomer);
        if (victim != null) {
            pending.remove(victim);
        }
        pending.add(newcomer);
        return victim;
    }

    /** The connection has proven itself, or is gone. */
    synchronized void settle(C connection) {
        pending.remove(connection);
    }

    synchronized int size() {
        return pending.size();
    }

    private @Nullable C victim(C newcomer) {
        Map<InetAddress, List<C>> byAddress = new LinkedHashMap<>();
        for (C each : pending) {
            byAddress
                    .computeIfAbsent(each.address(), address -> new ArrayList<>())
                    .add(each);
        }
        List<C> neighbours = byAddress.getOrDefault(newcomer.address(), List.of());
        if (neighbours.size() >= mostPerAddress) {
            return weakest(neighbours);
        }
        return pending.size() < most ? null : weakest(largest(byAddress.values()));
    }

    /** Among equals one where somebody is silent, or the only connection of a member would go when its turn comes. */
    private static <C extends Candidate> List<C> largest(Collection<List<C>> groups) {
        Comparator<List<C>> order = Comparator.comparingInt(List::size);
        return Collections.max(
                groups, order.thenComparing(each -> !weakest(each).hasSpoken()));
    }

    private static <C extends Candidate> C weakest(List<C> oldestFirst) {
        for (C each : oldestFirst) {
            if (!each.hasSpoken()) {
                return each;
            }
        }
        return oldestFirst.get(0);
    }
}
