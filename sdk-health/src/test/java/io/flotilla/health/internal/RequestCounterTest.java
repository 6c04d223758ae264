package io.flotilla.health.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.File;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Counts in a real container: every one of its ways to end a request must end the count, once. */
class RequestCounterTest {
    private final FakeRequests requests = new FakeRequests();
    private final BlockingQueue<AsyncContext> waiting = new LinkedBlockingQueue<>();
    private final Tomcat tomcat = new Tomcat();
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeEach
    void start(@TempDir Path work) throws Exception {
        tomcat.setBaseDir(work.toString());
        tomcat.setPort(0);
        tomcat.setSilent(true);
        StandardContext web = (StandardContext) tomcat.addContext("", new File(work.toString()).getAbsolutePath());
        web.setClearReferencesRmiTargets(false); // it would ask for access to the JDK's internals
        web.addServletContainerInitializer((classes, context) -> initialize(context), Set.of());
        tomcat.start();
    }

    private void initialize(ServletContext web) {
        ServletRegistration.Dynamic servlet = web.addServlet("app", new AppServlet());
        servlet.setAsyncSupported(true);
        servlet.addMapping("/*");
        ServletRegistration.Dynamic probes = web.addServlet("probes", new AppServlet());
        probes.addMapping("/health/*");
        requests.ignore("/health");
        FilterRegistration.Dynamic filter = web.addFilter("counter", new RequestCounter(requests));
        filter.setAsyncSupported(true);
        filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
    }

    @AfterEach
    void stop() throws Exception {
        tomcat.stop();
        tomcat.destroy();
    }

    private final class AppServlet extends HttpServlet {
        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws ServletException {
            switch (request.getRequestURI()) {
                case "/fail" -> throw new ServletException("as asked");
                case "/complete" -> request.startAsync().complete();
                case "/dispatch" -> dispatch(request, 1);
                case "/dispatch-twice" -> dispatch(request, 2);
                case "/dispatch-and-fail" -> {
                    dispatch(request, 1);
                    if (request.getDispatcherType() == DispatcherType.ASYNC) {
                        throw new ServletException("as asked");
                    }
                }
                case "/fail-after-start" -> {
                    request.startAsync();
                    throw new ServletException("as asked");
                }
                case "/time-out" -> request.startAsync().setTimeout(1);
                case "/wait" -> waiting.add(request.startAsync());
                default -> response.setStatus(200);
            }
        }

        private void dispatch(HttpServletRequest request, int times) {
            Integer done = (Integer) request.getAttribute("dispatched");
            int dispatched = done == null ? 0 : done;
            if (dispatched < times) {
                request.setAttribute("dispatched", dispatched + 1);
                request.startAsync().dispatch();
            }
        }
    }

    private CompletableFuture<HttpResponse<String>> get(String path) {
        URI uri = URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + path);
        return client.sendAsync(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    @ParameterizedTest
    @CsvSource({
        "/plain, 200",
        "/fail, 500",
        "/complete, 200",
        "/dispatch, 200",
        "/dispatch-twice, 200",
        "/dispatch-and-fail, 500",
        "/fail-after-start, 500",
        "/time-out, 500"
    })
    void everyRequestIsCountedOnceAndEnds(String path, int status) {
        assertThat(get(path).join().statusCode()).isEqualTo(status);
        await().until(() -> requests.inFlight.get() == 0);
        assertThat(requests.entered).hasValue(1);
        assertThat(get("/plain").join().statusCode()).isEqualTo(200);
        await().until(() -> requests.inFlight.get() == 0);
        assertThat(requests.entered).hasValue(2);
    }

    @Test
    void anAsynchronousRequestIsInFlightUntilItIsComplete() throws Exception {
        CompletableFuture<HttpResponse<String>> response = get("/wait");
        AsyncContext context = waiting.take();
        await("its own thread is through with it")
                .until(() -> get("/plain").join() != null && requests.inFlight() == 1);
        context.complete();
        response.join();
        await().until(() -> requests.inFlight.get() == 0);
    }

    @Test
    void anAsynchronousRequestThatGoesAsynchronousAgainIsInFlightUntilTheEnd() throws Exception {
        CompletableFuture<HttpResponse<String>> response = get("/wait");
        waiting.take().dispatch();
        AsyncContext again = waiting.take();
        assertThat(get("/plain").join().statusCode()).isEqualTo(200);
        await().until(() -> requests.inFlight() == 1);
        again.complete();
        response.join();
        await().until(() -> requests.inFlight.get() == 0);
    }

    @Test
    void probesDoNotCount() {
        assertThat(get("/health/ready").join().statusCode()).isEqualTo(200);
        assertThat(get("/health").join().statusCode()).isEqualTo(200);
        assertThat(requests.entered).hasValue(0);
        assertThat(get("/healthy").join().statusCode()).isEqualTo(200);
        assertThat(requests.entered).hasValue(1);
    }
}
