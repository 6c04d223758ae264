package io.flotilla.sessions;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A client with one cookie, which goes to whichever node it is told. */
final class Browser {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private @Nullable String cookie;
    private List<String> lastSetCookies = List.of();

    HttpResponse<String> get(WebNode node, String path) throws IOException, InterruptedException {
        return send("GET", node, path);
    }

    HttpResponse<String> head(WebNode node, String path) throws IOException, InterruptedException {
        return send("HEAD", node, path);
    }

    private HttpResponse<String> send(String method, WebNode node, String path)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.port() + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .timeout(Duration.ofSeconds(30));
        if (cookie != null) {
            request.header("Cookie", "JSESSIONID=" + cookie);
        }
        HttpResponse<String> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        lastSetCookies = response.headers().allValues("Set-Cookie");
        for (String each : lastSetCookies) {
            if (each.startsWith("JSESSIONID=")) {
                cookie = each.substring("JSESSIONID=".length(), each.indexOf(';'));
            }
        }
        return response;
    }

    String body(WebNode node, String path) throws IOException, InterruptedException {
        return get(node, path).body();
    }

    @Nullable
    String cookie() {
        return cookie;
    }

    Browser with(@Nullable String value) {
        this.cookie = value;
        return this;
    }

    List<String> lastSetCookies() {
        return lastSetCookies;
    }
}
