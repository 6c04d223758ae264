package io.flotilla.benchmarks.members;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.NetworkConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/**
 * A fresh JVM that becomes a member with Hazelcast alone, configured as Flotilla does it, and says how long it took. It
 * loads none of Flotilla's classes.
 */
final class HazelcastMember {
    private HazelcastMember() {}

    public static void main(String[] args) throws IOException {
        String[] members = args[0].split(",", -1);
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of(args[1]))) {
            properties.load(reader);
        }

        long begin = System.nanoTime();
        HazelcastInstance member = Hazelcast.newHazelcastInstance(config(members, properties));
        long end = System.nanoTime();

        Started.tell(end - begin, member.getCluster().getMembers().size());
    }

    static Config config(String[] members, Properties properties) {
        String[] own = members[0].split(":", 2);
        Config config = new Config("startup-" + own[1]);
        config.setClusterName("startup");
        config.setProperties(properties);
        config.getMetricsConfig().setEnabled(false);
        config.getIntegrityCheckerConfig().setEnabled(false);
        config.getJetConfig().setEnabled(false);
        NetworkConfig network = config.getNetworkConfig();
        network.setPort(Integer.parseInt(own[1])).setPortAutoIncrement(false);
        network.getInterfaces().setEnabled(true).addInterface(own[0]);
        JoinConfig join = network.getJoin();
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        join.getTcpIpConfig().setEnabled(true).setConnectionTimeoutSeconds(2).setMembers(List.of(members));
        return config;
    }
}
