package io.flotilla.samples.containers.undertow2;

import io.flotilla.samples.containers.Container;
import io.flotilla.samples.containers.RunningContainer;
import io.undertow.Handlers;
import io.undertow.Undertow;
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
import java.util.Map;

/** Undertow with a web application from a directory; it leaves reading the descriptor, and finding endpoints, to whoever embeds it. */
final class Undertow2 implements Container {
    private static final String ENDPOINT = "io.flotilla.samples.containers.app.SocketEndpoint";

    @Override
    public RunningContainer start(Path webapp, String contextPath, Map<String, Object> attributes) throws Exception {
        URL classes = webapp.resolve("WEB-INF/classes").toUri().toURL();
        URLClassLoader loader = new URLClassLoader(new URL[] {classes}, Undertow2.class.getClassLoader());
        DeploymentInfo application = new DeploymentInfo()
                .setDeploymentName("application")
                .setClassLoader(loader)
                .setContextPath(contextPath.isEmpty() ? "/" : contextPath);
        attributes.forEach(application::addServletContextAttribute);
        application.addServletContextAttribute(
                WebSocketDeploymentInfo.ATTRIBUTE_NAME,
                new WebSocketDeploymentInfo().addEndpoint(loader.loadClass(ENDPOINT)));
        WebXml.read(webapp.resolve("WEB-INF/web.xml")).applyTo(application, loader);
        DeploymentManager manager = ServletContainer.Factory.newInstance().addDeployment(application);
        manager.deploy();
        Undertow server = Undertow.builder()
                .addHttpListener(0, "127.0.0.1")
                .setHandler(Handlers.path().addPrefixPath(application.getContextPath(), manager.start()))
                .build();
        server.start();
        return new Running(server, manager, loader);
    }

    @Override
    public boolean scansAnnotations() {
        return false;
    }

    @Override
    public boolean isServlet61() {
        return false;
    }

    private record Running(Undertow server, DeploymentManager manager, URLClassLoader loader)
            implements RunningContainer {

        @Override
        public int port() {
            return ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
        }

        @Override
        public int ownSessions() {
            return manager.getDeployment().getSessionManager().getAllSessions().size();
        }

        @Override
        public void stop() throws ServletException, IOException {
            server.stop();
            manager.stop();
            manager.undeploy();
            loader.close();
        }
    }
}
