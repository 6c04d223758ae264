package io.flotilla.samples.containers.app;

import io.flotilla.Cluster;
import io.flotilla.sessions.Sessions;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;

/** Takes the cluster that the test put into the context and gives it the application's sessions. */
public final class Bootstrap implements ServletContextListener {

    /** Made by the container. */
    public Bootstrap() {}

    @Override
    public void contextInitialized(ServletContextEvent event) {
        Cluster cluster = (Cluster) event.getServletContext().getAttribute(Cluster.class.getName());
        cluster.get(Sessions.class).register(event.getServletContext());
        event.getServletContext()
                .addFilter("handshake", new HandshakeFilter())
                .addMappingForUrlPatterns(null, false, "/socket");
    }
}
