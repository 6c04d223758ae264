package io.flotilla.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.function.Consumer;
import org.apache.catalina.LifecycleException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests through balancers, on a real container; the balancer is 127.0.0.1. */
final class ForwardedRequestsTest {
    @TempDir
    private Path work = Path.of("");

    private static void listed(ForwardedRequestsBuilder forwarded) {
        forwarded.trust("127.0.0.0/8", "10.0.0.0/8");
    }

    private static void unlisted(ForwardedRequestsBuilder forwarded) {
        forwarded.trust("10.0.0.0/8");
    }

    private WebServer server(Consumer<ForwardedRequestsBuilder> settings) throws LifecycleException {
        return new WebServer(work, context -> start(context, settings));
    }

    private static void start(ServletContext context, Consumer<ForwardedRequestsBuilder> settings) {
        ForwardedRequests.register(context, settings);
        var servlet = context.addServlet("told", new ToldServlet());
        servlet.setAsyncSupported(true);
        servlet.addMapping("/told/*");
    }

    /** Says what it sees of the client, or does as it is told. */
    private static final class ToldServlet extends HttpServlet {
        private static final long serialVersionUID = 1;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException {
            String redirect = request.getParameter("redirect");
            boolean again = request.getAttribute("again") != null;
            if (redirect != null) {
                response.sendRedirect(redirect);
            } else if (request.getParameter("async") != null && !again) {
                request.setAttribute("again", true);
                AsyncContext async = request.startAsync(); // goes on with the container's own request
                async.dispatch();
            } else if (request.getParameter("forward") != null && !again) {
                request.setAttribute("again", true);
                request.getRequestDispatcher("/told/forwarded").forward(request, response);
            } else {
                response.getWriter().print(seen(request));
            }
        }

        private static String seen(HttpServletRequest request) {
            return String.join(
                    " ",
                    request.getRemoteAddr(),
                    request.getRemoteHost(),
                    request.isSecure() ? "secure" : "open",
                    request.getRequestURL(),
                    String.valueOf(Collections.list(request.getHeaderNames()).stream()
                            .anyMatch(each ->
                                    each.toLowerCase(java.util.Locale.ROOT).contains("forwarded"))));
        }
    }

    /** Headers as a browser and its balancer send them; the host is what the browser asked for. */
    private static String get(WebServer server, String path, String... headers) throws IOException {
        String answer = server.raw("GET " + path + " HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\n"
                + String.join("\r\n", headers) + (headers.length > 0 ? "\r\n" : "") + "\r\n");
        return answer.substring(answer.indexOf("\r\n\r\n") + 4)
                .replaceAll("(?s)^[0-9a-f]+\r\n(.*)\r\n0\r\n\r\n$", "$1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "X-Forwarded-For: 203.0.113.9                              | 203.0.113.9 203.0.113.9 open http://shop.example/told false",
                "X-Forwarded-For: 203.0.113.9:4711                         | 203.0.113.9 203.0.113.9 open http://shop.example/told false",
                "X-Forwarded-For: 2001:db8::9                              | 2001:db8:0:0:0:0:0:9 2001:db8:0:0:0:0:0:9 open http://shop.example/told false",
                "X-Forwarded-For: 198.51.100.1, 203.0.113.9                | 203.0.113.9 203.0.113.9 open http://shop.example/told false",
                "X-Forwarded-For: 203.0.113.9, 10.1.2.3                    | 203.0.113.9 203.0.113.9 open http://shop.example/told false",
                "X-Forwarded-For: unknown                                  | 127.0.0.1 127.0.0.1 open http://shop.example/told false",
                "X-Forwarded-Proto: https                                  | 127.0.0.1 127.0.0.1 secure https://shop.example/told false",
                "X-Forwarded-Proto: gopher                                 | 127.0.0.1 127.0.0.1 open http://shop.example/told false",
                "X-Forwarded-Host: evil.example                            | 127.0.0.1 127.0.0.1 open http://shop.example/told false",
                "Forwarded: for=203.0.113.9;proto=https                    | 203.0.113.9 203.0.113.9 secure https://shop.example/told false",
                "Forwarded: For=\"[2001:db8::9]:80\";Proto=HTTPS           | 2001:db8:0:0:0:0:0:9 2001:db8:0:0:0:0:0:9 secure https://shop.example/told false",
                "Forwarded: for=203.0.113.9;host=\"www.example:8443\";proto=https | 203.0.113.9 203.0.113.9 secure https://www.example:8443/told false",
                "Forwarded: for=198.51.100.1;host=evil.example, for=203.0.113.9 | 203.0.113.9 203.0.113.9 open http://shop.example/told false",
                "Forwarded: for=203.0.113.9;host=www.example, for=10.0.0.2 | 203.0.113.9 203.0.113.9 open http://www.example/told false",
                "Forwarded: for=_hidden;proto=https                        | 127.0.0.1 127.0.0.1 secure https://shop.example/told false",
                "Forwarded: for=203.0.113.9;for=198.51.100.1               | 127.0.0.1 127.0.0.1 open http://shop.example/told false",
                "Forwarded: for=\"203.0.113.9                              | 127.0.0.1 127.0.0.1 open http://shop.example/told false",
            })
    void believesAListedBalancer(String header, String seen) throws Exception {
        try (WebServer server = server(ForwardedRequestsTest::listed)) {
            assertThat(get(server, "/told", header)).isEqualTo(seen);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-For: 203.0.113.9\r\nX-Forwarded-Proto: https",
                "Forwarded: for=203.0.113.9;proto=https;host=evil.example"
            })
    void nobodyElseIsBelievedAndNobodyBehindSeesTheHeaders(String headers) throws Exception {
        try (WebServer server = server(ForwardedRequestsTest::unlisted)) {
            assertThat(get(server, "/told", headers))
                    .isEqualTo("127.0.0.1 127.0.0.1 open http://shop.example/told false");
        }
    }

    @Test
    void listsOfTheSameLengthBelongTogether() throws Exception {
        try (WebServer server = server(ForwardedRequestsTest::listed)) {
            assertThat(get(server, "/told", "X-Forwarded-For: 203.0.113.9, 10.0.0.2", "X-Forwarded-Proto: https, http"))
                    .startsWith("203.0.113.9 203.0.113.9 secure");
            assertThat(get(server, "/told", "X-Forwarded-For: 198.51.100.1, 203.0.113.9", "X-Forwarded-Proto: https"))
                    .as("the nearest balancer's word")
                    .startsWith("203.0.113.9 203.0.113.9 secure");
        }
    }

    @Test
    void severalLinesOfOneHeaderAreOneList() throws Exception {
        try (WebServer server = server(ForwardedRequestsTest::listed)) {
            assertThat(get(server, "/told", "X-Forwarded-For: 198.51.100.1", "X-Forwarded-For: 203.0.113.9"))
                    .startsWith("203.0.113.9 ");
            assertThat(get(server, "/told", "Forwarded: for=198.51.100.1", "Forwarded: for=203.0.113.9"))
                    .startsWith("203.0.113.9 ");
        }
    }

    @Test
    void formsThatDisagreeAreBothNotBelieved() throws Exception {
        try (WebServer server = server(ForwardedRequestsTest::listed)) {
            assertThat(get(server, "/told", "X-Forwarded-For: 203.0.113.9", "Forwarded: for=198.51.100.1"))
                    .startsWith("127.0.0.1 ");
            assertThat(get(server, "/told", "X-Forwarded-For: 203.0.113.9", "Forwarded: for=203.0.113.9;proto=https"))
                    .startsWith("203.0.113.9 203.0.113.9 secure");
        }
        try (WebServer server = server(f -> f.trust("127.0.0.1").form(ForwardedForm.X_FORWARDED))) {
            assertThat(get(server, "/told", "X-Forwarded-For: 203.0.113.9", "Forwarded: for=198.51.100.1;proto=https"))
                    .isEqualTo("203.0.113.9 203.0.113.9 open http://shop.example/told false");
        }
    }

    @Test
    void theForwardedHostIsBelievedWhereTheBalancersSetIt() throws Exception {
        try (WebServer server = server(f -> f.trust("127.0.0.1").forwardedHost())) {
            assertThat(get(server, "/told", "X-Forwarded-Host: www.example", "X-Forwarded-Proto: https"))
                    .contains(" https://www.example/told ");
            assertThat(get(server, "/told", "X-Forwarded-Host: www.example", "X-Forwarded-Port: 8080"))
                    .contains(" http://www.example:8080/told ");
            assertThat(get(server, "/told", "X-Forwarded-Host: a b<script>")).contains(" http://shop.example/told ");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/there, https://shop.example/there",
        "beside, https://shop.example/told/beside",
        "?page=2, https://shop.example/told/here?page=2",
        "//other.example/x, //other.example/x",
        "http://other.example/x, http://other.example/x"
    })
    void redirectsLeadToWhereTheClientIs(String location, String sent) throws Exception {
        try (WebServer server = server(ForwardedRequestsTest::listed)) {
            String answer = server.raw(
                    "GET /told/here?redirect=" + location.replace("?", "%3F").replace("=", "%3D")
                            + " HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\nX-Forwarded-Proto: https\r\n\r\n");
            assertThat(answer).contains("Location: " + sent + "\r\n");
        }
    }

    @Test
    void dispatchesOfARequestSeeTheSame() throws Exception {
        try (WebServer server = server(ForwardedRequestsTest::listed)) {
            assertThat(get(server, "/told?async=1", "X-Forwarded-For: 203.0.113.9", "X-Forwarded-Proto: https"))
                    .isEqualTo("203.0.113.9 203.0.113.9 secure https://shop.example/told false");
            assertThat(get(server, "/told?forward=1", "X-Forwarded-For: 203.0.113.9", "X-Forwarded-Proto: https"))
                    .isEqualTo("203.0.113.9 203.0.113.9 secure https://shop.example/told/forwarded false");
        }
    }

    @Test
    void badSettingsAreRefused() {
        assertThatThrownBy(() -> ForwardedRequests.filter(f -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("forwarded.trust must name the balancers, was empty");
        assertThatThrownBy(() -> ForwardedRequests.filter(f -> f.trust("lb.example")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("forwarded.trust must be an address or a network")
                .hasMessageEndingWith("was lb.example");
        assertThatThrownBy(() -> ForwardedRequests.filter(f -> f.trust("10.0.0.0/33")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("forwarded.trust must have a prefix of 0 to 32 bits, was 10.0.0.0/33");
    }
}
