package io.flotilla.internal.discovery;

import io.flotilla.Discovery;
import io.flotilla.spi.Check;
import java.util.List;

/** The fixed list behind {@link Discovery#members} and, empty, behind {@link Discovery#none}. */
public final class StaticMembers implements Discovery {
    public static final Discovery NONE = new StaticMembers();

    private final List<String> addresses;

    private StaticMembers() {
        this.addresses = List.of();
    }

    public StaticMembers(List<String> addresses) {
        Check.that(!addresses.isEmpty(), "cluster.discovery must name at least one member, was %s", addresses);
        addresses.forEach(HostPort::parse);
        this.addresses = List.copyOf(addresses);
    }

    @Override
    public List<String> addresses() {
        return addresses;
    }

    @Override
    public String toString() {
        return addresses.isEmpty() ? "none" : "members" + addresses;
    }
}
