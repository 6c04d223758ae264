package io.flotilla.samples.containers.jetty12;

import io.flotilla.samples.containers.Container;
import io.flotilla.samples.containers.RunningContainer;
import java.nio.file.Path;
import java.util.Map;
import org.eclipse.jetty.ee11.webapp.WebAppContext;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.session.DefaultSessionCache;

/** Jetty with a web application from a directory. */
final class Jetty12 implements Container {

    @Override
    public RunningContainer start(Path webapp, String contextPath, Map<String, Object> attributes) throws Exception {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        WebAppContext context = new WebAppContext();
        context.setContextPath(contextPath.isEmpty() ? "/" : contextPath);
        context.setWar(webapp.toString());
        context.setThrowUnavailableOnStartupException(true);
        attributes.forEach(context::setAttribute);
        server.setHandler(context);
        server.start();
        return new Running(server, connector, context);
    }

    private record Running(Server server, ServerConnector connector, WebAppContext context)
            implements RunningContainer {

        @Override
        public int port() {
            return connector.getLocalPort();
        }

        @Override
        public int ownSessions() {
            DefaultSessionCache cache =
                    (DefaultSessionCache) context.getSessionHandler().getSessionCache();
            return (int) cache.getSessionsCurrent();
        }

        @Override
        public void stop() throws Exception {
            server.stop();
        }
    }
}
