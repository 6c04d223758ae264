package io.flotilla.internal;

import com.hazelcast.config.Config;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.NetworkConfig;
import io.flotilla.internal.wire.WireLevels;
import io.flotilla.spi.NodeName;
import java.util.Map;

/** The Hazelcast configuration of a member: hardened, and lean. Modules add their own structures to it. */
final class MemberConfig {
    /** What core changes, and why where it is not plain from the name. */
    private static final Map<String, String> PROPERTIES = Map.ofEntries(
            Map.entry("hazelcast.logging.type", "slf4j"),
            // Nobody is told about this cluster, and nothing but members is let in.
            Map.entry("hazelcast.phone.home.enabled", "false"),
            Map.entry("hazelcast.socket.bind.any", "false"),
            Map.entry("hazelcast.discovery.enabled", "true"),
            // The cluster owns the order of its shutdown.
            Map.entry("hazelcast.shutdownhook.enabled", "false"),
            // A silent member is removed after 8 s: soon enough for users, late enough for a long collection.
            Map.entry("hazelcast.heartbeat.interval.seconds", "1"),
            Map.entry("hazelcast.max.no.heartbeat.seconds", "8"),
            Map.entry("hazelcast.merge.first.run.delay.seconds", "5"),
            Map.entry("hazelcast.merge.next.run.delay.seconds", "10"),
            Map.entry("hazelcast.max.join.seconds", "30"),
            Map.entry("hazelcast.wait.seconds.before.join", "0"),
            Map.entry("hazelcast.max.wait.seconds.before.join", "0"),
            Map.entry("hazelcast.socket.connect.timeout.seconds", "2"),
            // An update whose backup is in doubt is an error, which our calls repeat under the same operation id.
            Map.entry("hazelcast.operation.fail.on.indeterminate.state", "true"),
            Map.entry("hazelcast.operation.backup.timeout.millis", "1000"),
            // Small pools: a session or a cache call is short, and the host belongs to the application.
            Map.entry("hazelcast.io.thread.count", "1"),
            Map.entry("hazelcast.operation.generic.thread.count", "2"),
            Map.entry("hazelcast.operation.priority.generic.thread.count", "1"),
            // None: the thread that reads an answer hands it to the one that waits, a step less for each call.
            Map.entry("hazelcast.operation.response.thread.count", "0"),
            // The thread that has a message sends it if no other one is sending, however many there were a moment ago.
            Map.entry("hazelcast.concurrent.window.ms", "0"),
            Map.entry("hazelcast.event.thread.count", "1"),
            Map.entry("hazelcast.client.engine.thread.count", "1"),
            Map.entry("hazelcast.client.engine.query.thread.count", "1"),
            Map.entry("hazelcast.client.engine.blocking.thread.count", "1"),
            Map.entry("hazelcast.health.monitoring.level", "OFF"));

    private MemberConfig() {}

    static Config of(ClusterConfig settings) {
        Config config = new Config(settings.instanceName());
        config.setClusterName(settings.name());
        config.setClassLoader(MemberConfig.class.getClassLoader());
        PROPERTIES.forEach(config::setProperty);
        config.setProperty(
                "hazelcast.graceful.shutdown.max.wait",
                Long.toString(settings.departureTime().toSeconds()));
        NodeName.install(config, settings.node());
        WireLevels.install(config);
        config.getMetricsConfig().setEnabled(false);
        config.getIntegrityCheckerConfig().setEnabled(false);
        config.getJetConfig().setEnabled(false);
        config.getSerializationConfig().setJavaSerializationFilterConfig(javaSerializationFilter());
        network(config.getNetworkConfig(), settings);
        return config;
    }

    private static void network(NetworkConfig network, ClusterConfig settings) {
        network.setPort(settings.bindPort()).setPortAutoIncrement(false);
        network.getInterfaces().setEnabled(true).addInterface(settings.bindHost());
        JoinConfig join = network.getJoin();
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        join.getTcpIpConfig().setEnabled(false).setConnectionTimeoutSeconds(2);
        settings.discovery().install(join.getDiscoveryConfig());
    }

    /**
     * Hazelcast ships exceptions by Java serialization, so that cannot be switched off; it is confined to the JDK's plain
     * types, Hazelcast's and Flotilla's own. Applications' classes travel as bytes that only their owner reads.
     */
    private static JavaSerializationFilterConfig javaSerializationFilter() {
        JavaSerializationFilterConfig filter = new JavaSerializationFilterConfig();
        filter.setDefaultsDisabled(true);
        filter.getWhitelist()
                .addPrefixes(
                        "java.lang.",
                        "java.util.",
                        "java.io.",
                        "java.math.",
                        "java.time.",
                        "com.hazelcast.",
                        "io.flotilla.",
                        "[");
        return filter;
    }
}
