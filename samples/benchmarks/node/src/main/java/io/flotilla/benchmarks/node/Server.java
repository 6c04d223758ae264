package io.flotilla.benchmarks.node;

import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;

/** An embedded Tomcat on a free port of the loopback address, with one system under test and the benchmark's servlets. */
public final class Server implements AutoCloseable {
    private static final Logger ROOT = Logger.getLogger(""); // held, or its level may be forgotten
    private static final int THREADS = 64;

    private final Tomcat tomcat;

    private Server(Tomcat tomcat) {
        this.tomcat = tomcat;
    }

    /** A server's whole life: says its port when it answers, and ends when its standard input does. */
    public static void main(SessionSystem system, String... arguments) throws Exception {
        ROOT.setLevel(Level.WARNING);
        Server server = start(system, ServerOptions.parse(arguments));
        System.out.println("ready " + server.port());
        while (System.in.read() >= 0) {
            // Nothing is ever said: the end of the input is the end of the benchmark.
        }
        Runtime.getRuntime().halt(0);
    }

    /** Starts the system, then the server. */
    public static Server start(SessionSystem system, ServerOptions options) throws IOException, LifecycleException {
        system.start(options);
        Path home = Files.createTempDirectory("flotilla-benchmark-");
        home.toFile().deleteOnExit();
        Tomcat tomcat = new Tomcat();
        tomcat.setSilent(true);
        tomcat.setBaseDir(home.toString());
        tomcat.setConnector(connector());
        Context context = tomcat.addContext("", home.toString());
        context.addServletContainerInitializer(
                (types, servletContext) -> {
                    servletContext.setRequestCharacterEncoding("UTF-8");
                    servletContext.setResponseCharacterEncoding("UTF-8");
                    system.register(servletContext);
                    addServlets(servletContext, system, options);
                },
                Set.of());
        tomcat.start();
        if (context.getState() != LifecycleState.STARTED) {
            throw new IllegalStateException("the web application did not start; the log says why");
        }
        return new Server(tomcat);
    }

    private static Connector connector() {
        Connector connector = new Connector();
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        connector.setProperty("maxThreads", String.valueOf(THREADS));
        connector.setProperty("maxKeepAliveRequests", "-1"); // connections last as long as the load
        connector.setProperty("keepAliveTimeout", "-1");
        connector.setThrowOnFailure(true);
        return connector;
    }

    private static void addServlets(ServletContext context, SessionSystem system, ServerOptions options) {
        Answer answer = new Answer(options.commitsEarly());
        add(context, "session", new WorkServlet(answer, new Contents(options.content())));
        add(context, "race", new RaceServlet(answer));
        add(context, "control", new ControlServlet(answer, system));
    }

    private static void add(ServletContext context, String name, Servlet servlet) {
        context.addServlet(name, servlet).addMapping("/" + name + "/*");
    }

    /** Where HTTP is answered. */
    public int port() {
        return tomcat.getConnector().getLocalPort();
    }

    @Override
    public void close() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
    }
}
