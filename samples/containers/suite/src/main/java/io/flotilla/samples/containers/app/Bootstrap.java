package io.flotilla.samples.containers.app;

import io.flotilla.Cluster;
import io.flotilla.sessions.Sessions;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;

/** Takes the cluster that the test put into the context and gives it the application's sessions; those of one application travel with requests to
 * every other. */
public final class Bootstrap implements ServletContextListener {

    /** Made by the container. */
    public Bootstrap() {}

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext web = event.getServletContext();
        if (web.getContextPath().equals("/roaming")) {
            web.getSessionCookieConfig().setPath("/");
        }
        Cluster cluster = (Cluster) web.getAttribute(Cluster.class.getName());
        cluster.get(Sessions.class).register(web);
        web.addFilter("handshake", new HandshakeFilter()).addMappingForUrlPatterns(null, false, "/socket");
    }
}
