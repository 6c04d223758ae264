package io.flotilla.sessions;

import io.flotilla.Cluster;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.File;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.ErrorPage;

/** One application server of a farm: a Tomcat whose sessions live in a cluster, and whose one servlet is a test's script. */
final class WebNode implements AutoCloseable {

    /** What a path does. */
    interface Script {
        void run(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException;
    }

    private final Tomcat tomcat = new Tomcat();
    private final Context context;
    private final Map<String, Script> scripts = new ConcurrentHashMap<>();

    WebNode(Cluster cluster, File directory) throws LifecycleException {
        this(context -> cluster.get(Sessions.class).register(context), directory);
    }

    /** A node whose session filter somebody else puts in place. */
    WebNode(Consumer<ServletContext> register, File directory) throws LifecycleException {
        tomcat.setBaseDir(directory.getPath());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        context = tomcat.addContext("", directory.getPath());
        context.addServletContainerInitializer((classes, starting) -> register.accept(starting), null);
        Wrapper servlet = Tomcat.addServlet(context, "script", new ScriptServlet());
        servlet.setAsyncSupported(true);
        servlet.addMapping("/*");
        tomcat.start();
    }

    int port() {
        return tomcat.getConnector().getLocalPort();
    }

    void on(String path, Script script) {
        scripts.put(path, script);
    }

    /** Where the container goes when a response has that status. */
    void errorPage(int status, String path) {
        ErrorPage page = new ErrorPage();
        page.setErrorCode(status);
        page.setLocation(path);
        context.addErrorPage(page);
    }

    /** Sessions that the container itself made: there must never be any. */
    Set<?> containerSessions() {
        return Set.of(context.getManager().findSessions());
    }

    @Override
    public void close() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
    }

    private final class ScriptServlet extends HttpServlet {
        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException {
            Script script = scripts.get(path(request));
            if (script == null) {
                response.sendError(404);
            } else {
                script.run(request, response);
            }
        }

        private String path(HttpServletRequest request) {
            Object included = request.getAttribute(RequestDispatcher.INCLUDE_PATH_INFO);
            if (included != null) {
                return (String) included;
            }
            return request.getServletPath() + (request.getPathInfo() == null ? "" : request.getPathInfo());
        }
    }
}
