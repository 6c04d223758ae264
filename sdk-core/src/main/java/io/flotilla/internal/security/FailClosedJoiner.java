package io.flotilla.internal.security;

import com.hazelcast.cluster.Address;
import com.hazelcast.instance.impl.Node;
import com.hazelcast.internal.cluster.impl.DiscoveryJoiner;
import com.hazelcast.spi.properties.ClusterProperty;

/**
 * Goes on trying an address where somebody is who does not prove to be a member. Hazelcast's own joiner strikes every
 * address off its list from which no byte has come, and makes this member the first of a new cluster when none is left: right
 * where nobody listens, wrong where a member is frozen, overloaded or crowded with strangers.
 */
final class FailClosedJoiner extends DiscoveryJoiner {
    private final MemberSecurity security;

    FailClosedJoiner(Node node, MemberSecurity security) {
        super(
                node,
                node.discoveryService,
                node.getProperties().getBoolean(ClusterProperty.DISCOVERY_SPI_PUBLIC_IP_ENABLED));
        this.security = security;
    }

    @Override
    public void blacklist(Address address, boolean permanent) {
        if (permanent || !security.isClosingUnproven()) {
            super.blacklist(address, permanent);
        }
    }
}
