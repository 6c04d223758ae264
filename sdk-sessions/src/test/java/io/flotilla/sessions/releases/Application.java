package io.flotilla.sessions.releases;

import com.hazelcast.internal.util.Clock;
import io.flotilla.Cluster;
import io.flotilla.ClusterBuilder;
import io.flotilla.Discovery;
import io.flotilla.sessions.Sessions;
import io.flotilla.sessions.internal.store.ModuleProbe;
import io.flotilla.spi.ModuleContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;

/** A web application with its own copy of Flotilla: everything here is of one release. */
public final class Application implements Node {
    private final Tomcat tomcat = new Tomcat();
    private final Cluster cluster;
    private boolean closed;

    private Application(Cluster cluster, int port) throws IOException, LifecycleException {
        this.cluster = cluster;
        Path directory = Files.createTempDirectory("flotilla-release-");
        directory.toFile().deleteOnExit();
        tomcat.setBaseDir(directory.toString());
        tomcat.getEngine().setName("Tomcat-" + port); // all servers of the JVM share one JMX
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        Context context = tomcat.addContext("", directory.toString());
        context.addServletContainerInitializer(
                (classes, starting) -> cluster.get(Sessions.class).register(starting), null);
        Tomcat.addServlet(context, "attributes", new Attributes()).addMapping("/*");
        tomcat.start();
    }

    /** Called by reflection, from another class loader. */
    public static Node start(String name, String node, int port, List<String> members)
            throws IOException, LifecycleException {
        ClusterBuilder builder = Cluster.builder(name)
                .node(node)
                .bind("127.0.0.1", port)
                .discovery(Discovery.members(members.toArray(String[]::new)))
                .callTimeout(Duration.ofSeconds(20));
        ModuleProbe.install(builder);
        Cluster cluster = builder.start();
        try {
            return new Application(cluster, port);
        } catch (IOException | LifecycleException | RuntimeException failure) {
            cluster.close();
            throw failure;
        }
    }

    private ModuleContext context() {
        return ModuleProbe.of(cluster).context();
    }

    @Override
    public int port() {
        return tomcat.getConnector().getLocalPort();
    }

    @Override
    public int members() {
        return cluster.hazelcast().getCluster().getMembers().size();
    }

    @Override
    public boolean safe() {
        return cluster.hazelcast().getPartitionService().isClusterSafe();
    }

    @Override
    public String clock() {
        try {
            Field clock = Clock.class.getDeclaredField("CLOCK");
            clock.setAccessible(true);
            return clock.get(null).getClass().getName();
        } catch (ReflectiveOperationException changed) {
            throw new IllegalStateException(changed);
        }
    }

    @Override
    @SuppressWarnings("unchecked")
    public Map<String, String> notes(boolean careful) {
        try {
            return (Map<String, String>) Class.forName("io.flotilla.sessions.internal.wire.NoteProcessor")
                    .getMethod("all", ModuleContext.class, boolean.class)
                    .invoke(null, context(), careful);
        } catch (ReflectiveOperationException thisRelease) {
            throw new IllegalStateException(thisRelease);
        }
    }

    @Override
    public void kill() {
        cluster.hazelcast().getLifecycleService().terminate();
        close();
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            cluster.close();
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** {@code /set?name=value} tells what was there before, {@code /add?item} to a list in place, {@code /get}; answers all attributes. */
    private static final class Attributes extends HttpServlet {
        private static final long serialVersionUID = 1;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            HttpSession session = request.getSession();
            String query = request.getQueryString();
            if (request.getRequestURI().equals("/set")) {
                String[] pair = query.split("=", 2);
                response.getWriter().println("was=" + session.getAttribute(pair[0]));
                session.setAttribute(pair[0], pair[1]);
            } else if (request.getRequestURI().equals("/add")) {
                list(session).add(query);
            }
            for (String each : Collections.list(session.getAttributeNames())) {
                response.getWriter().println(each + "=" + session.getAttribute(each));
            }
        }

        @SuppressWarnings("unchecked")
        private static List<String> list(HttpSession session) {
            if (session.getAttribute("list") == null) {
                session.setAttribute("list", new ArrayList<String>());
            }
            return (List<String>) session.getAttribute("list");
        }
    }
}
