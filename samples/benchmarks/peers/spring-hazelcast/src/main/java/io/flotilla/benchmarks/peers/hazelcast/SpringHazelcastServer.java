package io.flotilla.benchmarks.peers.hazelcast;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.NetworkConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.spring.session.HazelcastSessionConfiguration;
import com.hazelcast.spring.session.config.annotation.web.http.EnableHazelcastHttpSession;
import io.flotilla.benchmarks.node.Server;
import io.flotilla.benchmarks.node.ServerOptions;
import io.flotilla.benchmarks.node.SessionSystem;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.session.web.context.AbstractHttpSessionApplicationInitializer;

/**
 * Each server is a member of one Hazelcast cluster with Hazelcast's defaults, but for the addresses and for telling its
 * maker nothing. Encryption between members is not to be had in the Community edition.
 */
public final class SpringHazelcastServer implements SessionSystem {
    private static @Nullable HazelcastInstance member;

    /** Runs a server until its standard input ends. */
    public static void main(String[] arguments) throws Exception {
        Server.main(new SpringHazelcastServer(), arguments);
    }

    @Override
    public void start(ServerOptions options) {
        join(options);
    }

    private static void join(ServerOptions options) {
        member = Hazelcast.newHazelcastInstance(config(options));
    }

    static Config config(ServerOptions options) {
        String[] own = options.member().split(":", 2);
        Config config = new Config(options.node());
        config.setClusterName("benchmark");
        config.setProperty("hazelcast.phone.home.enabled", "false");
        NetworkConfig network = config.getNetworkConfig();
        network.setPort(Integer.parseInt(own[1])).setPortAutoIncrement(false);
        network.getInterfaces().setEnabled(true).addInterface(own[0]);
        JoinConfig join = network.getJoin();
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        List<String> members = new ArrayList<>(options.others());
        members.add(options.member());
        join.getTcpIpConfig().setEnabled(true).setMembers(members);
        return HazelcastSessionConfiguration.applySerializationConfig(config);
    }

    @Override
    public void register(ServletContext context) throws ServletException {
        new Initializer().onStartup(context);
    }

    /** Adds Spring Session's filter as every application of its users does. */
    private static final class Initializer extends AbstractHttpSessionApplicationInitializer {
        Initializer() {
            super(Application.class);
        }
    }

    /** The application's own part of the wiring. */
    @Configuration(proxyBeanMethods = false)
    @EnableHazelcastHttpSession
    static class Application {
        @Bean(destroyMethod = "")
        HazelcastInstance hazelcastInstance() {
            HazelcastInstance joined = member;
            if (joined == null) {
                throw new IllegalStateException("the member has not been started");
            }
            return joined;
        }
    }
}
