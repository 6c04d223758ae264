package io.flotilla.internal;

import com.hazelcast.cluster.Address;
import com.hazelcast.config.properties.PropertyDefinition;
import com.hazelcast.logging.ILogger;
import com.hazelcast.spi.discovery.AbstractDiscoveryStrategy;
import com.hazelcast.spi.discovery.DiscoveryNode;
import com.hazelcast.spi.discovery.DiscoveryStrategy;
import com.hazelcast.spi.discovery.DiscoveryStrategyFactory;
import com.hazelcast.spi.discovery.SimpleDiscoveryNode;
import io.flotilla.Discovery;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands a {@link Discovery} to Hazelcast, which asks it when it joins and while it searches for a lost half. */
final class AddressStrategy extends AbstractDiscoveryStrategy {
    private static final Logger log = LoggerFactory.getLogger(AddressStrategy.class);

    private final Discovery discovery;

    private AddressStrategy(Discovery discovery, ILogger logger) {
        super(logger, Map.of());
        this.discovery = discovery;
    }

    static DiscoveryStrategyFactory factory(Discovery discovery) {
        return new DiscoveryStrategyFactory() {
            @Override
            public Class<? extends DiscoveryStrategy> getDiscoveryStrategyType() {
                return AddressStrategy.class;
            }

            @Override
            @SuppressWarnings("rawtypes") // as Hazelcast declares it
            public DiscoveryStrategy newDiscoveryStrategy(
                    DiscoveryNode node, ILogger logger, Map<String, Comparable> properties) {
                return new AddressStrategy(discovery, logger);
            }

            @Override
            public Collection<PropertyDefinition> getConfigurationProperties() {
                return List.of();
            }
        };
    }

    @Override
    public Iterable<DiscoveryNode> discoverNodes() {
        List<DiscoveryNode> found = new ArrayList<>();
        for (String text : discovery.addresses()) {
            try {
                for (Address address : HostPort.parse(text).resolve()) {
                    found.add(new SimpleDiscoveryNode(address));
                }
            } catch (UnknownHostException unknown) {
                log.debug("member address {} does not resolve now", text);
            }
        }
        return found;
    }
}
