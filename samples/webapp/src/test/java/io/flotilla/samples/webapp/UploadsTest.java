package io.flotilla.samples.webapp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flotilla.Cluster;
import io.flotilla.storage.Storage;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Uploads over a socket, on one node. */
@Tag("cluster")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class UploadsTest {
    private static final String PICTURE = "\u0089PNG bytes";

    private final HttpClient client = HttpClient.newHttpClient();
    private final Meters meters = new Meters();
    private Cluster cluster;
    private WebServer server;

    @BeforeAll
    void start(@TempDir Path home, @TempDir Path folder) throws Exception {
        cluster = Cluster.builder("uploads")
                .install(Storage.module(s -> s.shared(folder).namespace("uploads", n -> n.maxObjectSize(100_000))))
                .start();
        server = WebServer.bind("n1", "127.0.0.1", 0, home);
        server.start(context -> {
            Routes routes = new Routes(context);
            routes.addUploads(cluster.get(Storage.class));
            routes.addAll("n1", () -> new NodeView("n1", "UP", List.of()), meters.registry());
        });
        await().until(() -> send("GET", "/api/uploads", "").statusCode() == 200);
    }

    @AfterAll
    void stop() {
        server.close();
        cluster.close();
        meters.close();
    }

    private HttpResponse<String> send(String method, String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .method(method, BodyPublishers.ofString(body, ISO_8859_1));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString(ISO_8859_1));
    }

    private static JsonNode json(HttpResponse<String> response) throws Exception {
        return new ObjectMapper().readTree(response.body().getBytes(ISO_8859_1));
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("(none)");
    }

    private JsonNode upload(String name) throws Exception {
        HttpResponse<String> response = send("PUT", "/uploads?name=" + name, PICTURE, "Content-Type", "image/png");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        return json(response);
    }

    @Test
    void aRawBody() throws Exception {
        HttpResponse<String> response =
                send("PUT", "/uploads?name=a%20k%C3%A4t%3F.png", PICTURE, "Content-Type", "image/png");

        assertThat(response.statusCode()).isEqualTo(201);
        JsonNode upload = json(response);
        assertThat(upload.path("name").asText()).isEqualTo("a kät?.png");
        assertThat(upload.path("size").asInt()).isEqualTo(PICTURE.length());
        assertThat(upload.path("contentType").asText()).isEqualTo("image/png");
        assertThat(upload.path("sha256").asText()).hasSize(64);
        assertThat(upload.path("copies").asInt()).isEqualTo(1);
        String url = upload.path("url").asText();
        assertThat(url).isEqualTo("/uploads/" + upload.path("id").asText() + "/a%20k%C3%A4t%3F.png");
        assertThat(header(response, "Location")).isEqualTo(url);

        for (String each : new String[] {url, "/uploads/" + upload.path("id").asText()}) {
            HttpResponse<String> got = send("GET", each, "");
            assertThat(got.statusCode()).isEqualTo(200);
            assertThat(got.body()).isEqualTo(PICTURE);
            assertThat(header(got, "Content-Type")).isEqualTo("image/png");
            assertThat(header(got, "Content-Disposition")).startsWith("inline;").contains("a%20k%C3%A4t%3F.png");
            assertThat(header(got, "X-Node")).isEqualTo("n1");
            assertThat(send("GET", each, "", "If-None-Match", header(got, "ETag"))
                            .statusCode())
                    .isEqualTo(304);
            assertThat(send("GET", each, "", "Range", "bytes=1-3").body()).isEqualTo("PNG");
        }
        assertThat(send("HEAD", url, "").statusCode()).isEqualTo(200);
    }

    @Test
    void severalPartsOfAForm() throws Exception {
        String form = """
                --b
                Content-Disposition: form-data; name="file"; filename="one.txt"
                Content-Type: text/plain

                first
                --b
                Content-Disposition: form-data; name="note"

                no file
                --b
                Content-Disposition: form-data; name="file"; filename="C:\\\\dir\\\\two.html"
                Content-Type: text/html

                <script>
                --b--
                """.replace("\n", "\r\n");
        HttpResponse<String> response =
                send("POST", "/uploads", form, "Content-Type", "multipart/form-data; boundary=b");

        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        JsonNode uploads = json(response);
        assertThat(uploads).hasSize(2);
        assertThat(header(response, "Location"))
                .isEqualTo(uploads.path(0).path("url").asText());
        assertThat(uploads).extracting(each -> each.path("name").asText()).containsExactly("one.txt", "two.html");
        assertThat(send("GET", uploads.path(0).path("url").asText(), "").body()).isEqualTo("first");
        HttpResponse<String> page = send("GET", uploads.path(1).path("url").asText(), "");
        assertThat(page.body()).isEqualTo("<script>");
        assertThat(header(page, "Content-Disposition")).startsWith("attachment;");
    }

    @Test
    void listsByTheBeginningOfTheFileName() throws Exception {
        for (String each : List.of("list-b", "list-a", "list-c", "other", "list-a")) {
            upload(each);
        }
        List<String> names = new ArrayList<>();
        String after = "";
        int pages = 0;
        while (after != null) {
            JsonNode page = json(send("GET", "/api/uploads?prefix=list-&limit=2&after=" + after, ""));
            page.path("objects").forEach(each -> names.add(each.path("name").asText()));
            after = page.path("next").textValue();
            pages++;
        }
        assertThat(names).containsExactly("list-a", "list-a", "list-b", "list-c");
        assertThat(pages).isEqualTo(2);
    }

    @Test
    void deletes() throws Exception {
        JsonNode upload = upload("to-delete");
        String id = upload.path("id").asText();
        assertThat(json(send("GET", "/api/uploads/" + id, ""))).isEqualTo(upload);

        assertThat(send("DELETE", "/uploads/" + id, "").statusCode()).isEqualTo(204);

        assertThat(send("DELETE", "/uploads/" + id, "").statusCode()).isEqualTo(404);
        assertThat(send("GET", "/uploads/" + id, "").statusCode()).isEqualTo(404);
        assertThat(send("GET", "/api/uploads/" + id, "").statusCode()).isEqualTo(404);
        assertThat(json(send("GET", "/api/uploads?prefix=to-delete", "")).path("objects"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, /uploads, 400",
        "PUT, /uploads?name=, 400",
        "PUT, /uploads?name=dir/, 400",
        "PUT, /uploads?name=.., 400",
        "PUT, /uploads?name=a%00b, 400",
        "PUT, /uploads/x?name=a, 404",
        "POST, /uploads, 400",
        "POST, /uploads/x, 404",
        "GET, /uploads, 404",
        "GET, /uploads/, 404",
        "GET, /uploads/none, 404",
        "GET, /uploads/none/name, 404",
        "DELETE, /uploads/none, 404",
        "PATCH, /uploads, 405",
        "GET, /api/uploads/none, 404",
        "GET, /api/uploads?limit=0, 400",
        "GET, /api/uploads?limit=x, 400",
        "POST, /api/uploads, 405",
        "POST, /tus/, 501"
    })
    void errorsAreProblemDocuments(String method, String path, int status) throws Exception {
        HttpResponse<String> response = send(method, path, "");

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(header(response, "Content-Type")).startsWith("application/problem+json");
        assertThat(json(response).path("status").asInt()).isEqualTo(status);
    }

    @Test
    void aFileThatIsTooLargeIsRefused() throws Exception {
        HttpResponse<String> response = send("PUT", "/uploads?name=large", "x".repeat(100_001));
        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(json(send("GET", "/api/uploads?prefix=large", "")).path("objects"))
                .isEmpty();
    }

    @Test
    void aClientThatGoesAwayInTheMiddleLeavesNothing() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream()
                    .write("PUT /uploads?name=half HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\nhalf"
                            .getBytes(ISO_8859_1));
            socket.shutdownOutput();
            assertThat(new String(socket.getInputStream().readAllBytes(), ISO_8859_1))
                    .doesNotContain("201");
        }
        assertThat(json(send("GET", "/api/uploads?prefix=half", "")).path("objects"))
                .isEmpty();
    }
}
