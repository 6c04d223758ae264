package io.flotilla.samples.containers;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A client that keeps the session's cookie and goes to whichever server it is told; it follows no redirects. */
final class Browser {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final HttpClient HTTPS = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .sslContext(Certificate.context())
            .build();

    private final String cookieName;
    private volatile @Nullable String cookie;
    private volatile List<String> setCookies = List.of();

    Browser() {
        this("JSESSIONID");
    }

    Browser(String cookieName) {
        this.cookieName = cookieName;
    }

    /** A client that has that cookie. */
    static Browser with(@Nullable String cookie) {
        Browser browser = new Browser();
        browser.cookie = cookie;
        return browser;
    }

    String body(RunningContainer server, String path) throws IOException, InterruptedException {
        return get(server, path).body();
    }

    HttpResponse<String> get(RunningContainer server, String path) throws IOException, InterruptedException {
        return send("GET", server, path);
    }

    HttpResponse<String> send(String method, RunningContainer server, String path)
            throws IOException, InterruptedException {
        return remember(HTTP.send(request(method, server, path), BodyHandlers.ofString()));
    }

    HttpResponse<String> securely(RunningContainer server, String path) throws IOException, InterruptedException {
        URI address = URI.create("https://127.0.0.1:" + server.securePort() + path);
        return remember(HTTPS.send(request("GET", address), BodyHandlers.ofString()));
    }

    /** A response whose body may not have come yet. */
    <T> CompletableFuture<HttpResponse<T>> begin(RunningContainer server, String path, BodyHandler<T> body) {
        return HTTP.sendAsync(request("GET", server, path), body).thenApply(this::remember);
    }

    private HttpRequest request(String method, RunningContainer server, String path) {
        return request(method, URI.create("http://127.0.0.1:" + server.port() + path));
    }

    private HttpRequest request(String method, URI address) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .timeout(Duration.ofSeconds(30));
        if (cookie != null) {
            request.header("Cookie", cookieName + "=" + cookie);
        }
        return request.build();
    }

    private <T> HttpResponse<T> remember(HttpResponse<T> response) {
        setCookies = response.headers().allValues("Set-Cookie");
        for (String each : setCookies) {
            if (each.startsWith(cookieName + "=")) {
                cookie = each.substring(cookieName.length() + 1).split(";", 2)[0];
            }
        }
        return response;
    }

    @Nullable
    String cookie() {
        return cookie;
    }

    /** The {@code Set-Cookie} headers of the last response. */
    List<String> setCookies() {
        return setCookies;
    }
}
