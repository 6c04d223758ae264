package io.flotilla.health;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.flotilla.Cluster;
import io.flotilla.spi.HealthCheck.Result;
import io.flotilla.spi.HealthCheck.Status;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The endpoints as they are seen over a socket. */
@Tag("cluster")
class HealthEndpointsTest {
    private static final String TOKEN = "correct-horse-battery";
    private static final String[] ADMIN = {"Authorization", "Bearer " + TOKEN};
    private static final FakeFeature feature = new FakeFeature();

    private static Cluster cluster;
    private static Health health;
    private static WebServer server;

    @BeforeAll
    static void start(@TempDir Path work) throws Exception {
        cluster = Cluster.builder("endpoints")
                .node("web-1")
                .install(Health.module(h -> h.url(URI.create("http://10.0.0.1:8080"))
                        .adminToken(TOKEN)
                        .checkInterval(Duration.ofMillis(100))
                        .checkTimeout(Duration.ofMillis(300))
                        .heartbeatInterval(Duration.ofMillis(100))
                        .flappingHold(Duration.ZERO)
                        .heap(1)
                        .disk("work", work, 1)
                        .group("edge", Set.of("member", "deadlock"))
                        .drainTimeout(Duration.ZERO)))
                .install(feature)
                .start();
        health = cluster.get(Health.class);
        server = new WebServer(work, HealthEndpointsTest::initialize);
    }

    private static void initialize(ServletContext web) {
        health.register(web, "/health/*");
        web.addServlet("orders", new OrdersServlet()).addMapping("/orders/*");
        web.addFilter("admin", health.adminOnly())
                .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/orders/admin");
    }

    /** What an administrator may do to the application itself. */
    private static final class OrdersServlet extends HttpServlet {
        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) {
            response.setStatus(202);
        }
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
        cluster.close();
    }

    @BeforeEach
    void becomeUp() {
        await().until(() -> health.state() == Health.State.UP);
    }

    @AfterEach
    void mend() {
        CountDownLatch hang = feature.hang;
        feature.hang = null;
        feature.result = Result.UP;
        if (hang != null) {
            hang.countDown();
        }
        health.resume();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, live", "HEAD, live", "OPTIONS, live",
        "GET, ready", "HEAD, ready", "OPTIONS, ready",
        "GET, started", "HEAD, started", "OPTIONS, started"
    })
    void probesAnswer200OnAHealthyNode(String method, String probe) throws Exception {
        HttpResponse<String> response = server.send(method, "/health/" + probe);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(method.equals("HEAD") ? "" : "OK\n");
        assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(response.headers().firstValue("Content-Length")).hasValue("3");
        assertThat(response.headers().firstValue("Content-Type")).hasValue("text/plain;charset=utf-8");
        assertThat(response.headers().firstValue("Connection")).isEmpty();
        assertThat(response.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(response.headers().firstValue("Location")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "OPTIONS"})
    void readyAnswers503WhenACheckIsDown(String method) throws Exception {
        feature.result = new Result(Status.DOWN, "no");
        await().until(() -> health.state() == Health.State.DOWN);
        HttpResponse<String> response = server.send(method, "/health/ready");
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).isEqualTo(method.equals("HEAD") ? "" : "DOWN\n");
        assertThat(server.send(method, "/health/live").statusCode()).isEqualTo(200);
        assertThat(server.send(method, "/health/started").statusCode()).isEqualTo(200);
    }

    @Test
    void aDegradedNodeIsReadyAndSaysHowItIs() throws Exception {
        feature.result = new Result(Status.DEGRADED, "slow");
        await().until(() -> health.state() == Health.State.DEGRADED);
        HttpResponse<String> response = server.get("/health/ready");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("DEGRADED\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "OPTIONS"})
    void aDrainingNodeIsNotReadyAndKeepsNoConnection(String method) throws Exception {
        health.drain();
        HttpResponse<String> response = server.send(method, "/health/ready");
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).isEqualTo(method.equals("HEAD") ? "" : "DRAINING\n");
        assertThat(response.headers().firstValue("Connection")).hasValue("close");
        assertThat(server.send(method, "/health/live").headers().firstValue("Connection"))
                .as("with 200 too, of which Tomcat would keep the connection")
                .hasValue("close");
        assertThat(server.get("/orders/1").statusCode()).as("it still serves").isEqualTo(202);

        health.drain();
        health.resume();
        health.resume();
        assertThat(server.send(method, "/health/ready").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "TRACE", "BREW"})
    void otherMethodsAreNotAllowed(String method) throws Exception {
        HttpResponse<String> response = server.send(method, "/health/ready");
        assertThat(response.statusCode()).isEqualTo(405);
        if (!method.equals("TRACE")) { // Tomcat answers that one itself
            assertThat(response.headers().firstValue("Allow")).hasValue("GET, HEAD, OPTIONS");
            assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health/weight", "/health/ready/", "/health/x/ready", "/health/READY"})
    void unknownPathsAreProblems(String path) throws Exception {
        HttpResponse<String> response = server.get(path);
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(response.body()).startsWith("{\"type\":\"about:blank\",\"title\":\"Not Found\",\"status\":404,");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "OPTIONS"})
    void oldProbersWithoutAHostAreAnswered(String method) throws Exception {
        assertThat(server.raw(method + " /health/ready HTTP/1.0\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ")
                .endsWith("\r\n\r\nOK\n");
        feature.result = new Result(Status.DOWN, "no");
        await().until(() -> health.state() == Health.State.DOWN);
        assertThat(server.raw(method + " /health/ready HTTP/1.0\r\n\r\n"))
                .startsWith("HTTP/1.1 503 ")
                .endsWith("\r\n\r\nDOWN\n");
    }

    @Test
    void aHungCheckDelaysNoProbe() throws Exception {
        feature.hang = new CountDownLatch(1);
        await().until(() -> health.state() == Health.State.DOWN);
        for (int i = 0; i < 50; i++) {
            HttpResponse<String> response = server.get("/health/ready");
            assertThat(response.statusCode()).isEqualTo(503);
        }
        assertThat(server.get("/health", ADMIN).body())
                .contains("\"name\":\"fake\",\"status\":\"DOWN\",\"detail\":\"did not answer within 300 ms\"")
                .contains("\"name\":\"deadlock\",\"status\":\"UP\"");
        assertThat(feature.hang.getCount()).as("it still hangs").isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/health/"})
    void everybodySeesTheStatus(String path) throws Exception {
        HttpResponse<String> response = server.get(path);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(response.body()).isEqualTo("{\"status\":\"UP\",\"node\":\"web-1\"}");

        health.drain();
        HttpResponse<String> draining = server.get(path);
        assertThat(draining.statusCode()).as("for people, not for probers").isEqualTo(200);
        assertThat(draining.body()).isEqualTo("{\"status\":\"DRAINING\",\"node\":\"web-1\"}");
    }

    @Test
    void administratorsSeeTheChecks() throws Exception {
        for (String credentials :
                List.of("Bearer " + TOKEN, "bearer  " + TOKEN, basic(":" + TOKEN), basic("me:" + TOKEN))) {
            HttpResponse<String> response = server.get("/health", "Authorization", credentials);
            assertThat(response.statusCode()).as(credentials).isEqualTo(200);
            assertThat(response.body())
                    .startsWith("{\"status\":\"UP\",\"node\":\"web-1\",\"checks\":[")
                    .containsPattern(
                            "\\{\"name\":\"member\",\"status\":\"UP\",\"detail\":\"[^\"]*\",\"checkedMillisAgo\":\\d+}")
                    .contains("\"name\":\"fake\"");
        }
    }

    @Test
    void wrongCredentialsAreRefused() throws Exception {
        for (String credentials : List.of(
                "Bearer wrong",
                "Bearer",
                "Bearer " + TOKEN + "x",
                "Bearer " + TOKEN.toUpperCase(java.util.Locale.ROOT),
                basic(TOKEN + ":wrong"),
                "Basic !!!",
                "Basic")) {
            for (String path : List.of("/health", "/health/cluster", "/orders/admin")) {
                HttpResponse<String> response = server.get(path, "Authorization", credentials);
                assertThat(response.statusCode()).as(path + " " + credentials).isEqualTo(403);
                assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
                assertThat(response.body()).doesNotContain("checks").doesNotContain(TOKEN);
            }
        }
    }

    @Test
    void withoutCredentialsTheTableAsksForThem() throws Exception {
        for (String path : List.of("/health/cluster", "/orders/admin")) {
            HttpResponse<String> response = server.get(path);
            assertThat(response.statusCode()).isEqualTo(401);
            assertThat(response.headers().allValues("WWW-Authenticate"))
                    .containsExactly("Bearer realm=\"flotilla\"", "Basic realm=\"flotilla\", charset=\"UTF-8\"");
            assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        }
        assertThat(server.get("/health/cluster", "Authorization", "Negotiate abc")
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void theTableHasARowForThisNode() throws Exception {
        HttpResponse<String> response = server.get("/health/cluster", ADMIN);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(response.body())
                .matches("\\[\\{\"node\":\"web-1\",\"self\":true,\"state\":\"UP\",\"weight\":100,"
                        + "\"http\":\"http://10.0.0.1:8080\",\"inFlight\":0,\"uptimeMillis\":\\d+,"
                        + "\"lastSeenMillisAgo\":0}]");
        health.drain();
        assertThat(server.get("/health/cluster", ADMIN).body()).contains("\"state\":\"DRAINING\",\"weight\":0,");
    }

    @Test
    void administratorsPassTheFilter() throws Exception {
        assertThat(server.get("/orders/admin", ADMIN).statusCode()).isEqualTo(202);
        assertThat(server.send("POST", "/orders/admin", ADMIN).statusCode()).isEqualTo(202);
        assertThat(server.send("POST", "/orders/admin", "Authorization", basic("me:" + TOKEN))
                        .statusCode())
                .isEqualTo(202);
    }

    @Test
    void anotherSiteCannotMakeAnAdministratorsBrowserChangeThings() throws Exception {
        String me = basic("me:" + TOKEN);
        String own = "http://127.0.0.1:" + server.port();
        assertThat(server.send("POST", "/orders/admin", "Authorization", me, "Origin", own)
                        .statusCode())
                .isEqualTo(202);
        for (String origin : List.of("http://evil.example", "null", own + "1", "http://x127.0.0.1:" + server.port())) {
            assertThat(server.send("POST", "/orders/admin", "Authorization", me, "Origin", origin)
                            .statusCode())
                    .as(origin)
                    .isEqualTo(403);
        }
        assertThat(server.get("/orders/admin", "Authorization", me, "Origin", "http://evil.example")
                        .statusCode())
                .as("reading is the browser's business")
                .isEqualTo(202);
        assertThat(server.send("POST", "/orders/admin", "Authorization", "Bearer " + TOKEN, "Origin", "http://a")
                        .statusCode())
                .as("no browser adds a bearer token by itself")
                .isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/*", "/", "health/*", "/health", "/health*", "//*", "/he*lth/*", "*.health"})
    void refusesPatternsThatAreNoPath(String pattern, @TempDir Path work) throws Exception {
        try (WebServer other = new WebServer(
                work,
                web -> assertThatIllegalArgumentException()
                        .isThrownBy(() -> health.register(web, pattern))
                        .withMessage("health.pattern must be like /health/*, was " + pattern))) {
            assertThat(other.get("/health/ready").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void refusesToRegisterTwiceOrOverSomethingElse(@TempDir Path work) throws Exception {
        try (WebServer other = new WebServer(work, web -> {
            health.register(web, "/a/*");
            assertThatIllegalStateException()
                    .isThrownBy(() -> health.register(web, "/b/*"))
                    .withMessage("this web application has health endpoints already");
        })) {
            assertThat(other.get("/a/ready").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void refusesAPatternThatIsTaken(@TempDir Path work) throws Exception {
        try (WebServer other = new WebServer(work, web -> {
            ServletRegistration.Dynamic orders = web.addServlet("orders", new OrdersServlet());
            orders.addMapping("/a/*");
            assertThatIllegalStateException()
                    .isThrownBy(() -> health.register(web, "/a/*"))
                    .withMessage("another servlet of this web application is mapped to /a/*");
        })) {
            assertThat(other.get("/a/ready").statusCode()).isEqualTo(202);
        }
    }

    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
    }

    @Test
    void theSummaryComesInTheDraftsFormToThoseWhoNameIt() throws Exception {
        HttpResponse<String> response = server.get("/health", "Accept", "application/health+json");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("application/health+json");
        assertThat(response.headers().firstValue("Vary")).hasValue("Accept");
        assertThat(response.body()).isEqualTo("{\"status\":\"pass\",\"serviceId\":\"web-1\"}");

        assertThat(server.get("/health", "Accept", "application/health+json", ADMIN[0], ADMIN[1])
                        .body())
                .contains("\"deadlock\":[{");
        assertThat(server.get("/health", "Accept", "*/*")
                        .headers()
                        .firstValue("Content-Type")
                        .orElse(""))
                .startsWith("application/json");

        health.drain();
        assertThat(server.get("/health", "Accept", "application/health+json").statusCode())
                .isEqualTo(503);
        assertThat(server.get("/health").statusCode()).isEqualTo(200);
    }

    @Test
    void aGroupIsReadyByItsOwnChecks() throws Exception {
        feature.result = new Result(Status.DOWN, "no");
        await().until(() -> health.state() == Health.State.DOWN);
        assertThat(server.get("/health/ready").statusCode()).isEqualTo(503);
        assertThat(server.get("/health/ready?group=edge").body()).isEqualTo("OK\n");
        assertThat(server.get("/health/ready?group=egde").statusCode()).isEqualTo(503);
        assertThat(server.get("/health/ready?group=egde").body()).isEqualTo("UNKNOWN\n");
    }

    @Test
    void checksThatAreSwitchedOnLookAtTheMachine() {
        System.gc(); // before the first collection the heap is unknown
        await().untilAsserted(() -> assertThat(server.get("/health", ADMIN).body())
                .containsPattern("\"name\":\"heap\",\"status\":\"UP\",\"detail\":\"heap at \\d+ %\"")
                .containsPattern("\"name\":\"work\",\"status\":\"UP\",\"detail\":\"\\d+ bytes free, must have 1\""));
    }
}
