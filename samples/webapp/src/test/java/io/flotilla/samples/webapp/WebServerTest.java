package io.flotilla.samples.webapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flotilla.samples.webapp.NodeView.MemberView;
import io.flotilla.sessions.SessionInfo;
import io.flotilla.sessions.Sessions;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.CookieManager;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The servlets over the container's own sessions: they must not notice whose sessions they use. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class WebServerTest {
    private final HttpClient client =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    private final Meters meters = new Meters();
    private WebServer server;

    @BeforeAll
    void start(@TempDir Path home) {
        server = WebServer.bind("n1", "127.0.0.1", 0, home);
        server.start(context -> {
            Routes routes = new Routes(context);
            NodeView view = new NodeView("n1", "UP", List.of(new MemberView("n1", "UP", 100, "", true)));
            routes.addAll("n1", () -> view, meters.registry());
            routes.addSessionSearch(new OneUsersSessions());
            routes.addVerb("/admin/drain", () -> {});
            context.addServlet("broken", new BrokenServlet()).addMapping("/broken");
            context.addServlet("unavailable", new UnavailableServlet()).addMapping("/unavailable");
        });
    }

    /** Of a user U, who has one session. */
    private static final class OneUsersSessions implements Sessions {
        @Override
        public void register(ServletContext context) {}

        @Override
        public List<SessionInfo> find(String principal) {
            return principal.equals("U") ? List.of(new OneSession()) : List.of();
        }

        @Override
        public int end(String principal) {
            return find(principal).size();
        }

        @Override
        public boolean end(String principal, String handle) {
            return false;
        }

        @Override
        public long count() {
            return 1;
        }
    }

    private record OneSession() implements SessionInfo {
        @Override
        public String handle() {
            return "";
        }

        @Override
        public String application() {
            return "";
        }

        @Override
        public Instant created() {
            return Instant.ofEpochMilli(1);
        }

        @Override
        public Instant lastAccessed() {
            return Instant.ofEpochMilli(2);
        }

        @Override
        public Optional<Duration> timeout() {
            return Optional.empty();
        }

        @Override
        public Map<String, Integer> attributes() {
            return Map.of();
        }
    }

    @AfterAll
    void stop() {
        server.close();
        meters.close();
    }

    @Test
    void tellsTheStoryOfASession() throws Exception {
        assertThat(json("GET", "/api/session", "").get("id").isNull()).isTrue();
        json("PUT", "/api/session/attributes/city?millis=10", "Malmö");
        json("POST", "/api/session/counter/clicks", "");
        json("POST", "/api/session/counter/clicks", "");
        json("POST", "/api/session/list/items", "one");
        json("PUT", "/api/session/timeout?seconds=600", "");
        JsonNode before = json("POST", "/api/session/list/items", "two");
        JsonNode after = json("POST", "/api/session/login?user=Ann", "");

        assertThat(after.get("node").asText()).isEqualTo("n1");
        assertThat(after.get("id").asText())
                .isNotEqualTo(before.get("id").asText())
                .isEqualTo(json("GET", "/api/session", "").get("id").asText());
        assertThat(after.get("new").asBoolean()).isFalse();
        assertThat(after.get("created").asLong()).isPositive();
        assertThat(after.get("timeoutSeconds").asInt()).isEqualTo(600);
        assertThat(after.get("attributes"))
                .hasToString("{\"city\":\"Malmö\",\"clicks\":2,\"items\":[\"one\",\"two\"],\"user\":\"Ann\"}");
        assertThat(json("DELETE", "/api/session/attributes/city", "")
                        .get("attributes")
                        .has("city"))
                .isFalse();
        assertThat(send("POST", "/api/session/counter/user", "").statusCode()).isEqualTo(409);
        assertThat(send("DELETE", "/api/session", "").statusCode()).isEqualTo(204);
        assertThat(json("GET", "/api/session", "").get("id").isNull()).isTrue();
        assertThat(json("GET", "/api/session/events", ""))
                .hasToString(
                        "{\"created\":1,\"destroyed\":1,\"expired\":0,\"attributesAdded\":4,"
                                + "\"attributesReplaced\":1,\"attributesRemoved\":4,\"idChanged\":1,\"bound\":1,\"unbound\":1}");
    }

    @Test
    void findsAndEndsTheSessionsOfAUser() throws Exception {
        assertThat(json("GET", "/api/sessions?user=U", ""))
                .hasToString("{\"user\":\"U\",\"sessions\":[{\"created\":1,\"lastAccessed\":2}]}");
        assertThat(json("GET", "/api/sessions?user=V", "")).hasToString("{\"user\":\"V\",\"sessions\":[]}");
        assertThat(json("DELETE", "/api/sessions?user=U", "")).hasToString("{\"ended\":1}");
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/nothing/here,404",
        "GET,/api/nothing,404",
        "PATCH,/api/session,405",
        "GET,/api/session/id,405",
        "PUT,/api/session/attributes/a?millis=x,400",
        "PUT,/api/session/attributes/a?millis=-1,400",
        "PUT,/api/session/attributes/a?millis=60001,400",
        "PUT,/api/session/timeout?seconds=soon,400",
        "PUT,/api/session/timeout,400",
        "POST,/api/session/login,400",
        "PUT,/api/session/attributes/,404",
        "GET,/api/sessions,400",
        "DELETE,/api/sessions,400",
        "POST,/api/sessions?user=U,405",
        "GET,/broken,500",
        "GET,/unavailable,503",
        "POST,/uploads,501",
        "GET,/api/uploads/x,501",
        "POST,/tus/,501",
        "GET,/api/leader/job,501",
        "GET,/api/settings/x,501",
        "POST,/api/events/x,501",
        "GET,/health/weight,501",
        "GET,/health/balancers,501",
        "GET,/health/balancer/nginx,501",
        "GET,/health/scale,501",
        "GET,/health/console,501",
        "POST,/admin/load,501"
    })
    void errorsAreProblemDocuments(String method, String path, int status) throws Exception {
        HttpResponse<String> response = send(method, path, "");

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("X-Node")).contains("n1");
        assertThat(contentType(response)).startsWith("application/problem+json");
        JsonNode problem = new ObjectMapper().readTree(response.body());
        assertThat(problem.get("type").asText()).isEqualTo("about:blank");
        assertThat(problem.get("title").asText()).isNotBlank();
        assertThat(problem.get("status").asInt()).isEqualTo(status);
        assertThat(problem.get("detail").asText()).isNotBlank().doesNotContain("secret", "Exception");
        assertThat(response.body()).doesNotContain("\tat ", "<html");
        if (status == 501) {
            assertThat(problem.get("detail").asText()).endsWith("not exist yet.");
        }
    }

    @Test
    void aRequestThatIsRefusedBeforeAnyServletIsAProblemToo() throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write("GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answer).startsWith("HTTP/1.1 400").contains("X-Node: n1", "application/problem+json");
        }
    }

    @Test
    void thePageRunsNothingButItsOwnScript() throws Exception {
        HttpResponse<String> page = send("GET", "/", "");

        assertThat(contentType(page).toLowerCase(Locale.ROOT).replace(" ", "")).isEqualTo("text/html;charset=utf-8");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'", "script-src 'sha256-", "style-src 'sha256-")
                .doesNotContain("unsafe");
        assertThat(page.body()).doesNotContain("src=", "http://", "https://", " style=", "innerHTML");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/node", "/metrics", "/"})
    void answersToo(String path) throws Exception {
        HttpResponse<String> response = send("GET", path, "");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isNotEmpty();
        assertThat(send("HEAD", path, "").statusCode()).isEqualTo(200);
    }

    @Test
    void aVerbIsAccepted() throws Exception {
        assertThat(send("POST", "/admin/drain", "").statusCode()).isEqualTo(202);
        assertThat(send("GET", "/admin/drain", "").statusCode()).isEqualTo(405);
    }

    @Test
    void aPortInUseIsToldInOneLine(@TempDir Path home) {
        assertThatThrownBy(() -> WebServer.bind("n2", "127.0.0.1", server.port(), home))
                .isInstanceOfSatisfying(
                        StartFailure.class,
                        failure -> assertThat(failure.exitCode()).isEqualTo(1))
                .hasMessageContaining("port " + server.port() + " in use");
    }

    private JsonNode json(String method, String path, String body) throws Exception {
        HttpResponse<String> response = send(method, path, body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(contentType(response)).isEqualTo("application/json");
        return new ObjectMapper().readTree(response.body());
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
        return client.send(
                HttpRequest.newBuilder(uri)
                        .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private static String contentType(HttpResponse<?> response) {
        return response.headers().firstValue("Content-Type").orElse("");
    }

    private static final class BrokenServlet extends HttpServlet {
        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) {
            throw new IllegalStateException("secret");
        }
    }

    private static final class UnavailableServlet extends HttpServlet {
        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            // As when the session cannot be stored: what the servlet meant to answer is thrown away.
            response.setContentLength(1_000);
            response.getOutputStream().write(new byte[10]);
            response.sendError(503, "come back later");
        }
    }
}
