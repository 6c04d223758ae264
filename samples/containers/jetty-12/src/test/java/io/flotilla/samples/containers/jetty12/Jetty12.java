package io.flotilla.samples.containers.jetty12;

import io.flotilla.samples.containers.Certificate;
import io.flotilla.samples.containers.Container;
import io.flotilla.samples.containers.RunningContainer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.ee11.webapp.WebAppContext;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;
import org.eclipse.jetty.session.DefaultSessionCache;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Jetty with a web application from a directory. */
final class Jetty12 implements Container {

    @Override
    public RunningContainer start(Path webapp, List<String> contextPaths, Map<String, Object> attributes)
            throws Exception {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        ServerConnector secure = secure(server);
        server.addConnector(secure);
        List<WebAppContext> contexts = contextPaths.stream()
                .map(each -> context(webapp, each, attributes))
                .toList();
        server.setHandler(new ContextHandlerCollection(contexts.toArray(ContextHandler[]::new)));
        try {
            server.start();
        } catch (Exception failure) {
            server.stop();
            throw failure;
        }
        return new Running(server, connector, secure, contexts);
    }

    private static ServerConnector secure(Server server) {
        HttpConfiguration http = new HttpConfiguration();
        http.addCustomizer(new SecureRequestCustomizer(false)); // the client asks for an address, not for a name
        SslContextFactory.Server tls = new SslContextFactory.Server();
        tls.setSslContext(Certificate.context());
        ServerConnector secure = new ServerConnector(server, tls, new HttpConnectionFactory(http));
        secure.setHost("127.0.0.1");
        return secure;
    }

    private static WebAppContext context(Path webapp, String contextPath, Map<String, Object> attributes) {
        WebAppContext context = new WebAppContext();
        context.setContextPath(contextPath.isEmpty() ? "/" : contextPath);
        context.setWar(webapp.toString());
        context.setThrowUnavailableOnStartupException(true);
        context.setCrossContextDispatchSupported(true);
        attributes.forEach(context::setAttribute);
        return context;
    }

    /** It takes that for no tracking at all. */
    @Override
    public boolean knowsTlsSessions() {
        return false;
    }

    @Override
    public boolean startsNoTlsSessions() {
        return false;
    }

    private record Running(
            Server server, ServerConnector connector, ServerConnector secure, List<WebAppContext> contexts)
            implements RunningContainer {

        @Override
        public int port() {
            return connector.getLocalPort();
        }

        @Override
        public int securePort() {
            return secure.getLocalPort();
        }

        @Override
        public int ownSessions() {
            return contexts.stream().mapToInt(Running::ownSessions).sum();
        }

        private static int ownSessions(WebAppContext context) {
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
