package io.flotilla.benchmarks.sessions;

import com.hazelcast.map.IMap;
import io.flotilla.Cluster;
import io.flotilla.benchmarks.node.Server;
import io.flotilla.benchmarks.node.ServerOptions;
import io.flotilla.benchmarks.node.SessionSystem;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.EnumSet;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * No sessions of the cluster, only what they cannot do without: the container's own sessions, kept by stickiness, and for
 * each request the bare calls to another member that one without stickiness needs. A read asks the owner of a small
 * value, a write asks and then stores content of the same size with a backup. What lies between this and a system is
 * that system's own work; what lies between this and the container is the price of not being sticky.
 */
final class RoundTripServer implements SessionSystem {
    private static final int KEYS = 400;

    private final byte[] small = new byte[8];
    private byte[] content = new byte[0];
    private @Nullable Cluster cluster;

    public static void main(String[] arguments) throws Exception {
        Server.main(new RoundTripServer(), arguments);
    }

    @Override
    public void start(ServerOptions options) {
        content = new byte[options.content()];
        cluster = FlotillaServer.member(options).start();
    }

    @Override
    public void register(ServletContext context) {
        Cluster started = cluster;
        if (started == null) {
            throw new IllegalStateException("the member has not been started");
        }
        IMap<Integer, byte[]> asked = started.hazelcast().getMap("asked");
        IMap<Integer, byte[]> stored = started.hazelcast().getMap("stored");
        for (int key = 0; key < KEYS; key++) {
            asked.set(key, small);
        }
        context.addFilter("calls", new CallingFilter(asked, stored, content))
                .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/session/*");
    }

    /** Calls before the servlet answers, so that no response leaves earlier than one of a session could. */
    private static final class CallingFilter extends HttpFilter {
        private final transient IMap<Integer, byte[]> asked;
        private final transient IMap<Integer, byte[]> stored;
        private final byte[] content;

        CallingFilter(IMap<Integer, byte[]> asked, IMap<Integer, byte[]> stored, byte[] content) {
            this.asked = asked;
            this.stored = stored;
            this.content = content;
        }

        @Override
        protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            int key = ThreadLocalRandom.current().nextInt(KEYS);
            if (request.getRequestURI().endsWith("/create")) {
                stored.set(key, content);
            } else {
                asked.get(key);
                if (!request.getRequestURI().endsWith("/read")) {
                    stored.set(key, content);
                }
            }
            chain.doFilter(request, response);
        }
    }
}
