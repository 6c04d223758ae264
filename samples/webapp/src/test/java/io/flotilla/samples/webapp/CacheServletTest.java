package io.flotilla.samples.webapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flotilla.Cluster;
import io.flotilla.cache.Caches;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The cache over HTTP, on a cluster of one; each test has keys of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CacheServletTest {
    private final HttpClient client = HttpClient.newHttpClient();
    private Cluster cluster;
    private WebServer server;

    @BeforeAll
    void start(@TempDir Path home) {
        cluster = Cluster.builder("cache-servlets")
                .install(Caches.module(Regions::describe))
                .start();
        server = WebServer.bind("n1", "127.0.0.1", 0, home);
        server.start(context -> {
            Caches caches = cluster.get(Caches.class);
            Routes routes = new Routes(context);
            routes.addCache("n1", caches);
            routes.addPages(Regions.pages(caches));
        });
    }

    @AfterAll
    void stop() {
        server.close();
        cluster.close();
    }

    @ParameterizedTest
    @CsvSource({"demo,L1", "strict,L1", "shared,L2", "local,L1"})
    void aValueIsPutShownAndInvalidated(String region, String tier) throws Exception {
        String path = "/api/cache/" + region + "/tea";
        assertThat(send("GET", path, "").statusCode()).isEqualTo(404);

        assertThat(send("PUT", path, "süß").statusCode()).isEqualTo(204);

        assertThat(json("GET", path))
                .hasToString("{\"node\":\"n1\",\"key\":\"tea\",\"value\":\"süß\",\"tier\":\"" + tier + "\"}");
        assertThat(send("DELETE", path, "").statusCode()).isEqualTo(204);
        assertThat(send("GET", path, "").statusCode()).isEqualTo(404);
    }

    @Test
    void aValueThatIsThereIsNotPutAgainIfTheRequestSaysSo() throws Exception {
        assertThat(send("PUT", "/api/cache/demo/once", "first", "If-None-Match", "*")
                        .statusCode())
                .isEqualTo(204);
        HttpResponse<String> again = send("PUT", "/api/cache/demo/once", "second", "If-None-Match", "*");

        assertThat(again.statusCode()).isEqualTo(412);
        assertThat(again.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(json("GET", "/api/cache/demo/once").get("value").asText()).isEqualTo("first");
    }

    @Test
    void tagsAndRegionsAreVoided() throws Exception {
        send("PUT", "/api/cache/strict/milk?tags=drink,cold", "1");
        send("PUT", "/api/cache/strict/soup?tags=hot", "2");
        send("PUT", "/api/cache/strict/bread", "3");

        assertThat(send("DELETE", "/api/cache/strict?tag=cold", "").statusCode())
                .isEqualTo(204);
        assertThat(send("GET", "/api/cache/strict/milk", "").statusCode()).isEqualTo(404);
        assertThat(json("GET", "/api/cache/strict/soup").get("value").asText()).isEqualTo("2");

        assertThat(send("DELETE", "/api/cache/strict", "").statusCode()).isEqualTo(204);
        assertThat(send("GET", "/api/cache/strict/soup", "").statusCode()).isEqualTo(404);
        assertThat(send("GET", "/api/cache/strict/bread", "").statusCode()).isEqualTo(404);
    }

    @Test
    void aValueIsLoadedOnce() throws Exception {
        assertThat(json("GET", "/api/cache/demo/slow/load?millis=20&value=V"))
                .hasToString("{\"node\":\"n1\",\"key\":\"slow\",\"value\":\"V\",\"tier\":\"LOADER\",\"stale\":false}");
        assertThat(json("GET", "/api/cache/demo/slow/load?value=W").get("value").asText())
                .isEqualTo("V");
        assertThat(json("GET", "/api/cache/demo/loads/slow")).hasToString("{\"loads\":1}");
        assertThat(json("GET", "/api/cache/shared/loads/slow"))
                .as("another region")
                .hasToString("{\"loads\":0}");
    }

    @Test
    void anExpiredValueDoesWhileItCannotBeLoadedAndAnInvalidatedOneNever() throws Exception {
        String failing = "/api/cache/demo/old/load?value=new&fail=true";
        assertThat(send("GET", failing, "").statusCode()).isEqualTo(502);
        send("PUT", "/api/cache/demo/old?ttl=1s", "old");
        await().until(() -> send("GET", "/api/cache/demo/old", "").statusCode() == 404);

        JsonNode stale = json("GET", failing);

        assertThat(stale.get("value").asText()).isEqualTo("old");
        assertThat(stale.get("stale").asBoolean()).isTrue();
        send("DELETE", "/api/cache/demo/old", "");
        assertThat(send("GET", failing, "").statusCode()).isEqualTo(502);
        assertThat(json("GET", "/api/cache/demo/loads/old").get("loads").asInt())
                .isEqualTo(3);
        assertThat(json("GET", "/api/cache/demo/old/load?value=new")
                        .get("value")
                        .asText())
                .isEqualTo("new");
    }

    @Test
    void aNumberGoesUp() throws Exception {
        assertThat(json("POST", "/api/cache/demo/visits/increment")).hasToString("{\"value\":1}");
        assertThat(json("POST", "/api/cache/demo/visits/increment?by=-3")).hasToString("{\"value\":-2}");
        assertThat(json("GET", "/api/cache/demo/visits").get("value").asLong()).isEqualTo(-2);
        send("PUT", "/api/cache/demo/word", "7");
        assertThat(send("POST", "/api/cache/demo/word/increment", "").statusCode())
                .isEqualTo(409);
    }

    @Test
    void aRegionTellsWhatItHasCounted() throws Exception {
        send("PUT", "/api/cache/local/counted", "1");
        JsonNode view = json("GET", "/api/cache/local");

        assertThat(view.get("node").asText()).isEqualTo("n1");
        assertThat(view.get("region").asText()).isEqualTo("local");
        assertThat(view.get("statistics").get("changes").asLong()).isPositive();
        assertThat(view.get("statistics").get("l1Entries").asLong()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0s", "-1s", "30", "soon", "1.5m", "87601h", "999999999h", "9999999999s"})
    void aTimeToLiveThatMakesNoSenseIsRefused(String ttl) throws Exception {
        HttpResponse<String> response = send("PUT", "/api/cache/demo/refused?ttl=" + ttl, "x");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(problem(response)).contains("The parameter ttl");
        assertThat(send("GET", "/api/cache/demo/refused", "").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "GET,demo/refused/load,400,value",
        "GET,demo/refused/load?value=x&millis=60001,400,millis",
        "PUT,demo/refused?tags=,400,tags",
        "'PUT','demo/refused?tags=a,,b',400,cache.tags",
        "DELETE,demo?tag=,400,tag",
        "POST,demo/refused/increment?by=some,400,by",
        "GET,other,404,'demo, local, shared, strict'",
        "GET,loads/x,404,'demo, local, shared, strict'",
        "GET,other/loads/x,404,region",
        "GET,'',404,nothing",
        "GET,demo/,404,nothing",
        "GET,demo/a/b,404,nothing",
        "GET,demo/a/load/x,404,nothing",
        "POST,demo/refused,405,method",
        "PUT,demo,405,method",
        "GET,demo/refused/increment,405,method",
        "POST,demo/refused/load?value=x,405,method",
        "DELETE,demo/loads/x,405,method"
    })
    void mistakesAreExplained(String method, String path, int status, String says) throws Exception {
        HttpResponse<String> response = send(method, "/api/cache/" + path, "");

        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(problem(response)).contains(says).doesNotContain("Exception");
    }

    @Test
    void aKeyThatIsTooLongIsRefused() throws Exception {
        HttpResponse<String> response = send("GET", "/api/cache/demo/" + "k".repeat(5_000), "");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(problem(response)).contains("cache.key").doesNotContain("kkk");
    }

    @Test
    void aSlowPageIsMadeOnceAndVoidedByAChange() throws Exception {
        String path = "/pages/%C3%BC%3Cb%3E&c";
        HttpResponse<String> made = send("GET", path + "?millis=20", "");
        HttpResponse<String> stored = send("GET", path + "?millis=60000", "");

        assertThat(made.body()).contains("<h1>ü&lt;b&gt;&amp;c</h1>");
        assertThat(made.headers().firstValue("X-Cache")).contains("MISS");
        assertThat(stored.headers().firstValue("X-Cache")).contains("HIT");
        assertThat(stored.headers().firstValue("X-Node")).contains("n1");
        assertThat(stored.headers().firstValue("Age").map(Integer::valueOf))
                .hasValueSatisfying(age -> assertThat(age).isBetween(0, 59));
        assertThat(stored.headers().firstValue("ETag")).isEqualTo(made.headers().firstValue("ETag"));
        assertThat(stored.headers().firstValue("ETag").orElseThrow()).startsWith("\"");
        assertThat(stored.body()).isEqualTo(made.body());
        assertThat(send("DELETE", path, "").statusCode()).isEqualTo(204);
        assertThat(send("GET", path, "").headers().firstValue("X-Cache")).contains("MISS");
    }

    @ParameterizedTest
    @CsvSource({"GET,slow?millis=x,400,millis", "GET,'',404,name", "DELETE,'',404,name", "POST,slow,405,method"})
    void mistakesWithPagesAreExplained(String method, String page, int status, String says) throws Exception {
        HttpResponse<String> response = send(method, "/pages/" + page, "");

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("X-Node")).contains("n1");
        assertThat(problem(response)).contains(says);
    }

    private JsonNode json(String method, String path) throws Exception {
        HttpResponse<String> response = send(method, path, "");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return new ObjectMapper().readTree(response.body());
    }

    private static String problem(HttpResponse<String> response) throws Exception {
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        return new ObjectMapper().readTree(response.body()).get("detail").asText();
    }

    private HttpResponse<String> send(String method, String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        return client.send((headers.length == 0 ? request : request.headers(headers)).build(), BodyHandlers.ofString());
    }
}
