package io.flotilla.benchmarks.peers.redis;

import io.flotilla.benchmarks.node.Server;
import io.flotilla.benchmarks.node.ServerOptions;
import io.flotilla.benchmarks.node.SessionSystem;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.session.data.redis.config.annotation.web.http.EnableRedisHttpSession;
import org.springframework.session.web.context.AbstractHttpSessionApplicationInitializer;

/** Each server keeps its sessions in one Redis, over Lettuce's shared connection, which is the default. */
public final class SpringRedisServer implements SessionSystem {
    private static String store = "";

    /** Runs a server until its standard input ends. */
    public static void main(String[] arguments) throws Exception {
        Server.main(new SpringRedisServer(), arguments);
    }

    @Override
    public void start(ServerOptions options) {
        connectTo(options.store());
    }

    private static void connectTo(String address) {
        store = address;
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
    @EnableRedisHttpSession
    static class Application {
        @Bean
        LettuceConnectionFactory redisConnectionFactory() {
            String[] address = store.split(":", 2);
            return new LettuceConnectionFactory(address[0], Integer.parseInt(address[1]));
        }
    }
}
