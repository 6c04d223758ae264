package io.flotilla.samples.farm;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Somebody with a browser: one cookie, the session's, taken to whatever node is asked. Thread-safe. */
final class Visitor {
    private static final String COOKIE = "JSESSIONID=";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private final String authorization;
    private final Duration patience;
    private volatile String cookie = "";

    Visitor() {
        this(PATIENCE);
    }

    /**
     * Somebody who does not wait for ever.
     *
     * @param patience how long a request may take
     */
    Visitor(Duration patience) {
        this("", patience);
    }

    private Visitor(String authorization, Duration patience) {
        this.authorization = authorization;
        this.patience = patience;
    }

    /** Somebody who shows an admin token with each request. */
    static Visitor withToken(String token) {
        return new Visitor("Bearer " + token, PATIENCE);
    }

    Answer get(URI base, String path) throws IOException {
        return send("GET", base, path, "");
    }

    Answer post(URI base, String path) throws IOException {
        return send("POST", base, path, "");
    }

    Answer put(URI base, String path, String body) throws IOException {
        return send("PUT", base, path, body);
    }

    /** Puts what is to be there only if nothing is. */
    Answer putIfAbsent(URI base, String path, String body) throws IOException {
        return send("PUT", base, path, body, "If-None-Match", "*");
    }

    Answer delete(URI base, String path) throws IOException {
        return send("DELETE", base, path, "");
    }

    /**
     * Sends a request.
     *
     * @param headers names, each followed by its value
     */
    Answer send(String method, URI base, String path, String body, String... headers) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(patience)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        if (!cookie.isEmpty()) {
            request.header("Cookie", COOKIE + cookie);
        }
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        HttpResponse<String> response = exchange(request.build());
        response.headers().allValues("Set-Cookie").forEach(this::take);
        return new Answer(response.statusCode(), response.headers(), response.body());
    }

    /** The status that a single request without any cookie gets; 0 if it gets none. */
    static int status(String method, URI uri) {
        try {
            HttpRequest request = HttpRequest.newBuilder(uri)
                    .timeout(Duration.ofSeconds(5))
                    .method(method, BodyPublishers.noBody())
                    .build();
            return exchange(request).statusCode();
        } catch (IOException noAnswer) {
            return 0;
        }
    }

    private static HttpResponse<String> exchange(HttpRequest request) throws IOException {
        try {
            return CLIENT.send(request, BodyHandlers.ofString());
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupt);
        }
    }

    private void take(String setCookie) {
        if (setCookie.startsWith(COOKIE)) {
            String value = setCookie.substring(COOKIE.length());
            int end = value.indexOf(';');
            cookie = setCookie.contains("Max-Age=0") ? "" : end < 0 ? value : value.substring(0, end);
        }
    }

    /** The value of the session's cookie; empty before there is a session. */
    String cookie() {
        return cookie;
    }

    /** Somebody else who got hold of the cookie as it is now. */
    Visitor twin() {
        Visitor twin = new Visitor(authorization, patience);
        twin.cookie = cookie;
        return twin;
    }
}
