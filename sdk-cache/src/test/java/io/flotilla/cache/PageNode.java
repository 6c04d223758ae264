package io.flotilla.cache;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.ErrorPage;

/** One application server of a farm, whose one servlet is a test's script. */
final class PageNode implements AutoCloseable {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private final Tomcat tomcat = new Tomcat();
    private final Context context;
    private final Map<String, Script> scripts = new ConcurrentHashMap<>();

    /** What a path does. */
    interface Script {
        void run(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException;
    }

    PageNode(Consumer<ServletContext> register, File directory) throws LifecycleException {
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

    /** Sends a request; its fields are names and values in turn. */
    HttpResponse<byte[]> send(String method, String path, String... fields) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .timeout(Duration.ofSeconds(60));
        if (fields.length > 0) {
            request.headers(fields);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    HttpResponse<byte[]> get(String path, String... fields) throws Exception {
        return send("GET", path, fields);
    }

    @Override
    public void close() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
    }

    private final class ScriptServlet extends HttpServlet {
        private static final long serialVersionUID = 1L;

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
