package io.flotilla.internal.discovery;

import com.hazelcast.config.properties.PropertyDefinition;
import com.hazelcast.logging.ILogger;
import com.hazelcast.spi.discovery.AbstractDiscoveryStrategy;
import com.hazelcast.spi.discovery.DiscoveryNode;
import com.hazelcast.spi.discovery.DiscoveryStrategy;
import com.hazelcast.spi.discovery.DiscoveryStrategyFactory;
import com.hazelcast.spi.discovery.SimpleDiscoveryNode;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Hands a {@link Search} to Hazelcast, which asks when it joins and while it looks for a lost half. */
final class AddressStrategy extends AbstractDiscoveryStrategy {
    private final Search search;

    private AddressStrategy(Search search, ILogger logger) {
        super(logger, Map.of());
        this.search = search;
    }

    static DiscoveryStrategyFactory factory(Search search) {
        return new DiscoveryStrategyFactory() {
            @Override
            public Class<? extends DiscoveryStrategy> getDiscoveryStrategyType() {
                return AddressStrategy.class;
            }

            @Override
            @SuppressWarnings("rawtypes") // as Hazelcast declares it
            public DiscoveryStrategy newDiscoveryStrategy(
                    DiscoveryNode node, ILogger logger, Map<String, Comparable> properties) {
                return new AddressStrategy(search, logger);
            }

            @Override
            public Collection<PropertyDefinition> getConfigurationProperties() {
                return List.of();
            }
        };
    }

    @Override
    public Iterable<DiscoveryNode> discoverNodes() {
        return search.addresses().stream()
                .<DiscoveryNode>map(SimpleDiscoveryNode::new)
                .toList();
    }
}
