package io.flotilla;

import io.flotilla.internal.StaticMembers;
import java.util.List;

/**
 * Tells a member where other members may be found. Asked when the member starts, and again while it is alone or searches
 * for the other half of a split cluster.
 *
 * <p>Implementations must be thread-safe. They may block for a few seconds; they are never called on a request's thread.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface Discovery {

    /**
     * Returns the member addresses known now. The member's own address may be among them.
     *
     * @return addresses as {@code host:port}; empty if none is known
     */
    List<String> addresses();

    /**
     * A fixed list of members. It need not be complete: one living member of the list is enough to find all. Members
     * that start in the same moment form one cluster.
     *
     * @param addresses addresses as {@code host:port}, at least one; an IPv6 address in brackets, {@code [::1]:5701}
     * @return the discovery
     * @throws IllegalArgumentException if the list is empty or an address is not {@code host:port} with a port from 1 to
     *     65535
     */
    static Discovery members(String... addresses) {
        return new StaticMembers(List.of(addresses));
    }

    /**
     * No other members are looked for: the cluster starts with this member alone. Others may still find and join it. The
     * default.
     *
     * @return the discovery
     */
    static Discovery none() {
        return StaticMembers.NONE;
    }
}
