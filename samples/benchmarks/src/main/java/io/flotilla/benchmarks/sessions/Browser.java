package io.flotilla.benchmarks.sessions;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Requests that matter one by one, several at a time if need be, to nodes that are named. */
final class Browser implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int THREADS = 4;

    private final Farm farm;
    private final ExecutorService executor = Executors.newFixedThreadPool(THREADS, Browser::daemon);
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .executor(executor)
            .build();

    Browser(Farm farm) {
        this.farm = farm;
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "browser");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * What came back; no status if nothing did.
     *
     * @param cookie the cookie that it sets, as {@code name=value}
     */
    record Reply(int status, String body, @Nullable String cookie) {
        static final Reply NONE = new Reply(0, "", null);

        private static Reply of(HttpResponse<String> response) {
            String cookie = response.headers()
                    .firstValue("set-cookie")
                    .map(each -> each.split(";", 2)[0])
                    .orElse(null);
            return new Reply(response.statusCode(), response.body(), cookie);
        }

        /** Whether the servlet did it, and the response says so. */
        boolean acknowledged() {
            return status == 200 && body.startsWith("ok");
        }
    }

    /** Completes with {@link Reply#NONE} where the node is gone. */
    CompletableFuture<Reply> send(int node, String path, @Nullable String cookie) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + farm.ports().get(node) + path))
                .timeout(PATIENCE);
        if (cookie != null) {
            request.header("Cookie", cookie);
        }
        return http.sendAsync(request.build(), BodyHandlers.ofString())
                .handle((response, failure) -> response == null ? Reply.NONE : Reply.of(response));
    }

    /** Asks a node something about itself. */
    String ask(int node, String path) throws IOException {
        Reply reply = send(node, path, null).join();
        if (reply.status() != 200) {
            throw new IOException(path + " was answered " + reply.status());
        }
        return reply.body();
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
