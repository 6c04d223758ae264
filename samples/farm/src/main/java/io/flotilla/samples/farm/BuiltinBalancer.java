package io.flotilla.samples.farm;

import io.undertow.Undertow;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.proxy.LoadBalancingProxyClient;
import io.undertow.server.handlers.proxy.ProxyHandler;
import io.undertow.util.Headers;
import java.net.BindException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A reverse proxy inside the launcher: one node after the other, whoever asks. */
final class BuiltinBalancer implements Balancer {
    private static final int MAX_REQUEST_MILLIS = 120_000;
    private static final int RETRIES = 2;

    private final Undertow server;
    private final Probing probing;
    private final URI url;

    private BuiltinBalancer(Undertow server, Probing probing, URI url) {
        this.server = server;
        this.probing = probing;
        this.url = url;
    }

    static BuiltinBalancer start(int port, List<URI> nodes) {
        LoadBalancingProxyClient rotation = new LoadBalancingProxyClient()
                .setConnectionsPerThread(500)
                .setMaxQueueSize(1_000)
                // An idle connection is given up before the node does so: a request must not meet a closing one.
                .setSoftMaxConnectionsPerThread(0)
                .setTtl(5_000)
                .setProblemServerRetry(1);
        ProxyHandler proxy = ProxyHandler.builder()
                .setProxyClient(rotation)
                .setMaxRequestTime(MAX_REQUEST_MILLIS)
                .setMaxConnectionRetries(RETRIES)
                .build();
        Undertow server = Undertow.builder()
                .addHttpListener(port, "127.0.0.1")
                .setIoThreads(2)
                .setWorkerThreads(4)
                .setHandler(withProblems(proxy))
                .build();
        try {
            server.start();
        } catch (RuntimeException failure) {
            throw failure.getCause() instanceof BindException
                    ? FarmFailure.cannotStart("port " + port + " is in use")
                    : failure;
        }
        return new BuiltinBalancer(
                server,
                Probing.start(nodes, rotation::addHost, rotation::removeHost),
                URI.create("http://127.0.0.1:" + port));
    }

    /** What the proxy itself has to refuse is a problem document, like every other error. */
    private static HttpHandler withProblems(HttpHandler proxy) {
        return exchange -> {
            exchange.addDefaultResponseListener(BuiltinBalancer::describe);
            proxy.handleRequest(exchange);
        };
    }

    private static boolean describe(HttpServerExchange exchange) {
        int status = exchange.getStatusCode();
        if (status < 500 || !exchange.isResponseChannelAvailable()) {
            return false;
        }
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/problem+json");
        exchange.getResponseHeaders().put(Headers.RETRY_AFTER, "1");
        exchange.getResponseSender()
                .send(
                        "{\"type\":\"about:blank\",\"title\":\"No answer\",\"status\":" + status
                                + ",\"detail\":\"No node could answer; trying again may help.\"}",
                        StandardCharsets.UTF_8);
        return true;
    }

    @Override
    public URI url() {
        return url;
    }

    @Override
    public void close() {
        probing.close();
        server.stop();
    }
}
