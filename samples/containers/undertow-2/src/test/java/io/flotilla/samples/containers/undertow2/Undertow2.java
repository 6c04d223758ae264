package io.flotilla.samples.containers.undertow2;

import io.flotilla.samples.containers.Certificate;
import io.flotilla.samples.containers.Container;
import io.flotilla.samples.containers.RunningContainer;
import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.server.handlers.PathHandler;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.ServletContainer;
import io.undertow.websockets.jsr.WebSocketDeploymentInfo;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Undertow with a web application from a directory; it leaves reading the descriptor, and finding endpoints, to whoever embeds it. */
final class Undertow2 implements Container {
    private static final String ENDPOINT = "io.flotilla.samples.containers.app.SocketEndpoint";

    @Override
    public RunningContainer start(Path webapp, List<String> contextPaths, Map<String, Object> attributes)
            throws Exception {
        ServletContainer container = ServletContainer.Factory.newInstance();
        PathHandler paths = Handlers.path();
        List<Application> applications = new ArrayList<>();
        for (String each : contextPaths) {
            applications.add(deploy(container, webapp, each.isEmpty() ? "/" : each, attributes, paths));
        }
        Undertow server = Undertow.builder()
                .addHttpListener(0, "127.0.0.1")
                .addHttpsListener(0, "127.0.0.1", Certificate.context())
                .setHandler(paths)
                .build();
        server.start();
        return new Running(server, applications);
    }

    private static Application deploy(
            ServletContainer container,
            Path webapp,
            String contextPath,
            Map<String, Object> attributes,
            PathHandler paths)
            throws Exception {
        URL classes = webapp.resolve("WEB-INF/classes").toUri().toURL();
        URLClassLoader loader = new URLClassLoader(new URL[] {classes}, Undertow2.class.getClassLoader());
        DeploymentInfo application = new DeploymentInfo()
                .setDeploymentName("application at " + contextPath)
                .setClassLoader(loader)
                .setContextPath(contextPath);
        attributes.forEach(application::addServletContextAttribute);
        application.addServletContextAttribute(
                WebSocketDeploymentInfo.ATTRIBUTE_NAME,
                new WebSocketDeploymentInfo().addEndpoint(loader.loadClass(ENDPOINT)));
        WebXml.read(webapp.resolve("WEB-INF/web.xml")).applyTo(application, loader);
        DeploymentManager manager = container.addDeployment(application);
        manager.deploy();
        paths.addPrefixPath(contextPath, manager.start());
        return new Application(manager, loader);
    }

    @Override
    public boolean scansAnnotations() {
        return false;
    }

    @Override
    public boolean isServlet61() {
        return false;
    }

    /** It makes filters when the first request comes. */
    @Override
    public boolean startsNoTlsSessions() {
        return false;
    }

    private record Application(DeploymentManager manager, URLClassLoader loader) {

        int ownSessions() {
            return manager.getDeployment().getSessionManager().getAllSessions().size();
        }

        void stop() throws ServletException, IOException {
            manager.stop();
            manager.undeploy();
            loader.close();
        }
    }

    private record Running(Undertow server, List<Application> applications) implements RunningContainer {

        @Override
        public int port() {
            return port("http");
        }

        @Override
        public int securePort() {
            return port("https");
        }

        private int port(String protocol) {
            return server.getListenerInfo().stream()
                    .filter(each -> each.getProtcol().equals(protocol))
                    .map(each -> ((InetSocketAddress) each.getAddress()).getPort())
                    .findFirst()
                    .orElseThrow();
        }

        @Override
        public int ownSessions() {
            return applications.stream().mapToInt(Application::ownSessions).sum();
        }

        @Override
        public void stop() throws ServletException, IOException {
            server.stop();
            for (Application each : applications) {
                each.stop();
            }
        }
    }
}
