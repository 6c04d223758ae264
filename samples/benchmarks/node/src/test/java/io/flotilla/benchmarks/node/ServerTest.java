package io.flotilla.benchmarks.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ServerTest {
    private final HttpClient browser =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    private Server server;

    @BeforeEach
    void start() throws Exception {
        server =
                Server.start(new ContainerServer(), ServerOptions.parse("node=a", "content=1024", "commitsEarly=true"));
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void doesTheWorkOfALoad() throws Exception {
        assertThat(get("/session/read")).isEqualTo("none");
        assertThat(get("/session/create")).isEqualTo("ok");
        assertThat(get("/session/read")).startsWith("ok 0 ");
        assertThat(get("/session/write")).isEqualTo("ok");
        assertThat(get("/session/read")).startsWith("ok ").doesNotStartWith("ok 0 ");
        assertThat(get("/session/end")).isEqualTo("ok");
        assertThat(get("/session/read")).isEqualTo("none");
    }

    @Test
    void showsWhatRacesHaveLeft() throws Exception {
        assertThat(get("/race/new")).isEqualTo("ok");
        assertThat(get("/race/set?name=a&value=1")).isEqualTo("ok");
        assertThat(get("/race/add?value=2")).isEqualTo("ok");
        assertThat(get("/race/id?millis=1")).isEqualTo("ok");
        assertThat(get("/race/all").split(" ", -1)).containsExactlyInAnyOrder("ok", "a=1", "list=2");
        assertThat(get("/race/end")).isEqualTo("ok");
        assertThat(get("/race/all")).isEqualTo("none");
    }

    @Test
    void tellsAboutItself() throws Exception {
        assertThat(Long.parseLong(get("/control/heap"))).isPositive();
        assertThat(get("/control/operations")).isEmpty();
    }

    private String get(String path) throws Exception {
        HttpResponse<String> response = browser.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                        .build(),
                BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(200);
        return response.body();
    }
}
