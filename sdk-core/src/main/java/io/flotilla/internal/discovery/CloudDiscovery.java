package io.flotilla.internal.discovery;

import static java.util.stream.Collectors.joining;

import com.hazelcast.aws.AwsDiscoveryStrategyFactory;
import com.hazelcast.azure.AzureDiscoveryStrategyFactory;
import com.hazelcast.cluster.Address;
import com.hazelcast.config.properties.PropertyDefinition;
import com.hazelcast.gcp.GcpDiscoveryStrategyFactory;
import com.hazelcast.kubernetes.HazelcastKubernetesDiscoveryStrategyFactory;
import com.hazelcast.logging.Logger;
import com.hazelcast.spi.discovery.DiscoveryNode;
import com.hazelcast.spi.discovery.DiscoveryStrategy;
import com.hazelcast.spi.discovery.DiscoveryStrategyFactory;
import com.hazelcast.spi.discovery.SimpleDiscoveryNode;
import io.flotilla.Discovery;
import io.flotilla.internal.HazelcastStatics;
import io.flotilla.spi.Check;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A platform's own list of its machines or pods, as one of Hazelcast's strategies reads it. The strategy is ours to ask and
 * not Hazelcast's: so its answers take the same way as everybody's, and neither its credentials nor its errors get where
 * nobody looks for them.
 */
public final class CloudDiscovery implements Discovery {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Set<String> SECRETS =
            Set.of("access-key", "secret-key", "api-token", "client-secret", "private-key-path", "ca-certificate");

    private final String platform;
    private final DiscoveryStrategyFactory factory;
    private final String portProperty;
    private final Map<String, String> properties;
    private final int port;
    private @Nullable DiscoveryStrategy
            strategy; // guarded by this; made when first asked, since making one may call out

    static {
        HazelcastStatics.initialize(); // the factories are the first of Hazelcast's classes to make a logger
    }

    private CloudDiscovery(
            String platform,
            DiscoveryStrategyFactory factory,
            String portProperty,
            Map<String, String> properties,
            int port) {
        this.platform = platform;
        this.factory = factory;
        this.portProperty = portProperty;
        this.properties = new TreeMap<>(properties);
        this.port = port;
        HostPort.checkPort(port, port);
        checkNames();
        converted();
    }

    public static Discovery kubernetes(Map<String, String> properties, int port) {
        Map<String, String> all = new HashMap<>(properties);
        // A pod's address from outside is for Hazelcast's clients, and there are none; asking for it needs more rights.
        all.putIfAbsent("expose-externally", "false");
        return of("kubernetes", new HazelcastKubernetesDiscoveryStrategyFactory(), "service-port", all, port);
    }

    public static Discovery aws(Map<String, String> properties, int port) {
        return of("aws", new AwsDiscoveryStrategyFactory(), "hz-port", properties, port);
    }

    public static Discovery azure(Map<String, String> properties, int port) {
        return of("azure", new AzureDiscoveryStrategyFactory(), "hz-port", properties, port);
    }

    public static Discovery gcp(Map<String, String> properties, int port) {
        return of("gcp", new GcpDiscoveryStrategyFactory(), "hz-port", properties, port);
    }

    private static Discovery of(
            String platform,
            DiscoveryStrategyFactory factory,
            String portProperty,
            Map<String, String> properties,
            int port) {
        return new BoundedDiscovery(new CloudDiscovery(platform, factory, portProperty, properties, port), LIMIT);
    }

    private void checkNames() {
        Set<String> allowed = new TreeSet<>();
        factory.getConfigurationProperties().forEach(each -> allowed.add(each.key()));
        allowed.remove(portProperty);
        Set<String> unknown = new TreeSet<>(properties.keySet());
        unknown.removeAll(allowed);
        Check.that(
                unknown.isEmpty(),
                "cluster.discovery must hold properties of %s (%s; the port is an argument of its own), was %s",
                platform,
                String.join(", ", allowed),
                String.join(", ", unknown));
    }

    @SuppressWarnings("rawtypes") // as Hazelcast declares it
    private Map<String, Comparable> converted() {
        Map<String, String> all = new HashMap<>(properties);
        all.put(portProperty, Integer.toString(port));
        Map<String, Comparable> converted = new HashMap<>();
        for (PropertyDefinition each : factory.getConfigurationProperties()) {
            String value = all.get(each.key());
            if (value != null) {
                converted.put(each.key(), convert(each, value));
            }
        }
        return converted;
    }

    @SuppressWarnings("rawtypes")
    private Comparable convert(PropertyDefinition property, String value) {
        try {
            return property.typeConverter().convert(value);
        } catch (RuntimeException unusable) {
            throw new IllegalArgumentException(
                    "cluster.discovery must hold a value of type " + property.typeConverter() + " for " + property.key()
                            + " of " + platform + ", was '" + shown(property.key(), value) + "'",
                    unusable);
        }
    }

    @Override
    public synchronized List<String> addresses() {
        DiscoveryStrategy asked = strategy != null ? strategy : newStrategy();
        strategy = asked;
        List<String> addresses = new ArrayList<>();
        for (DiscoveryNode each : asked.discoverNodes()) {
            Address address = each.getPrivateAddress();
            addresses.add(new HostPort(address.getHost(), address.getPort()).toString());
        }
        return addresses;
    }

    private DiscoveryStrategy newStrategy() {
        DiscoveryNode member = new SimpleDiscoveryNode(new Address(InetAddress.getLoopbackAddress(), port));
        DiscoveryStrategy made =
                factory.newDiscoveryStrategy(member, Logger.getLogger(factory.getDiscoveryStrategyType()), converted());
        made.start();
        return made;
    }

    @Override
    public String toString() {
        return properties.entrySet().stream()
                .map(each -> each.getKey() + "=" + shown(each.getKey(), each.getValue()))
                .collect(joining(", ", platform + "[", "; port " + port + "]"));
    }

    private static String shown(String name, String value) {
        return SECRETS.contains(name) ? "***" : value;
    }
}
