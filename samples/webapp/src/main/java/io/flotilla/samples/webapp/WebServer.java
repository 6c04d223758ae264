package io.flotilla.samples.webapp;

import jakarta.servlet.ServletContext;
import java.net.BindException;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.startup.Tomcat;
import org.jspecify.annotations.Nullable;

/** An embedded Tomcat with one web application. */
final class WebServer implements AutoCloseable {
    private final Tomcat tomcat;
    private final Path home;

    private WebServer(Tomcat tomcat, Path home) {
        this.tomcat = tomcat;
        this.home = home;
    }

    /** Takes the port, so that a port in use is known before anything else happens; nothing is answered yet. */
    static WebServer bind(String node, String host, int port, Path home) {
        Tomcat tomcat = new Tomcat();
        tomcat.setSilent(true);
        tomcat.setBaseDir(home.toString());
        tomcat.setConnector(connector(host, port));
        tomcat.getEngine().getPipeline().addValve(new NodeHeader(node));
        ((StandardHost) tomcat.getHost()).setErrorReportValveClass(ProblemReport.class.getName());
        WebServer server = new WebServer(tomcat, home);
        try {
            tomcat.init();
            return server;
        } catch (LifecycleException failure) {
            server.close();
            throw StartFailure.cannotStart(
                    causedBy(failure, BindException.class)
                            ? "cannot listen on " + host + ":" + port + " for HTTP; is port " + port + " in use?"
                            : "cannot start HTTP on " + host + ":" + port + ": " + failure.getMessage());
        }
    }

    /** Starts the application and answers requests; when this returns, requests are answered. */
    void start(Consumer<ServletContext> application) {
        Context context = tomcat.addContext("", home.toString());
        lookForNoLeaks((StandardContext) context);
        context.addServletContainerInitializer(
                (types, servletContext) -> {
                    servletContext.setRequestCharacterEncoding("UTF-8");
                    servletContext.setResponseCharacterEncoding("UTF-8");
                    servletContext.getSessionCookieConfig().setHttpOnly(true);
                    servletContext.getSessionCookieConfig().setAttribute("SameSite", "Lax");
                    application.accept(servletContext);
                },
                Set.of());
        try {
            tomcat.start();
        } catch (LifecycleException failure) {
            throw new IllegalStateException("Tomcat cannot start", failure);
        }
        if (context.getState() != LifecycleState.STARTED) {
            throw new IllegalStateException("the web application did not start; the log says why");
        }
    }

    int port() {
        return tomcat.getConnector().getLocalPort();
    }

    @Override
    public void close() {
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException failure) {
            throw new IllegalStateException("Tomcat cannot stop", failure);
        }
    }

    /** The JVM ends with the application: what Tomcat does for the one that is deployed next would only fill the log. */
    private static void lookForNoLeaks(StandardContext context) {
        context.setClearReferencesRmiTargets(false);
        context.setClearReferencesThreadLocals(false);
        context.setClearReferencesStopThreads(false);
    }

    private static Connector connector(String host, int port) {
        Connector connector = new Connector();
        connector.setPort(port);
        connector.setProperty("address", host);
        connector.setThrowOnFailure(true);
        connector.setURIEncoding("UTF-8");
        return connector;
    }

    private static boolean causedBy(Throwable failure, Class<? extends Throwable> type) {
        for (@Nullable Throwable each = failure; each != null; each = each.getCause()) {
            if (type.isInstance(each)) {
                return true;
            }
        }
        return false;
    }
}
