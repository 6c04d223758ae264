package io.flotilla.samples.farm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.undertow.Undertow;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HttpString;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class BuiltinBalancerTest {
    private static final int NODES = 3;

    private final List<FakeNode> nodes = new ArrayList<>();
    private Balancer balancer;

    @BeforeEach
    void start() {
        List<Integer> ports = Ports.find(NODES + 1);
        for (int i = 0; i < NODES; i++) {
            nodes.add(new FakeNode("n" + i, ports.get(i)));
        }
        balancer = BuiltinBalancer.start(
                ports.get(NODES), nodes.stream().map(FakeNode::url).toList());
        await().until(() -> shares(30).size() == NODES);
    }

    @AfterEach
    void stop() {
        balancer.close();
        nodes.forEach(FakeNode::stop);
    }

    @Test
    void everyNodeGetsTheSameShare() throws Exception {
        assertThat(shares(300)).isEqualTo(Map.of("n0", 100, "n1", 100, "n2", 100));
    }

    @Test
    void aSessionCookieDoesNotStick() throws Exception {
        Visitor visitor = new Visitor();
        visitor.get(balancer.url(), "/cookie");

        assertThat(visitor.cookie()).isNotEmpty();
        assertThat(visitor.get(balancer.url(), "/").node())
                .isNotEqualTo(visitor.get(balancer.url(), "/").node());
    }

    @Test
    void aNodeThatIsNotReadyGetsNothing() throws Exception {
        nodes.get(1).ready = false;
        await().until(() -> !shares(30).containsKey("n1"));
        int before = nodes.get(1).requests.get();

        assertThat(shares(300)).containsOnlyKeys("n0", "n2");
        assertThat(nodes.get(1).requests).hasValue(before);

        nodes.get(1).ready = true;
        await().until(() -> shares(30).containsKey("n1"));
    }

    @Test
    void aNodeThatDiesIsHidden() throws Exception {
        nodes.get(2).stop();

        assertThat(shares(300).keySet()).isSubsetOf("n0", "n1", "n2");
        await().untilAsserted(() -> assertThat(shares(30)).containsOnlyKeys("n0", "n1"));
    }

    @Test
    void withoutAnyNodeTheAnswerIsAProblemDocument() throws Exception {
        nodes.forEach(node -> node.ready = false);

        await().untilAsserted(() -> {
            Answer answer = new Visitor().get(balancer.url(), "/");
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.json().path("status").asInt()).isEqualTo(503);
        });
    }

    @Test
    void tellsTheNodeWhoAsked() throws Exception {
        Answer answer = new Visitor().get(balancer.url(), "/forwarded");

        assertThat(answer.body()).isEqualTo("127.0.0.1 http " + balancer.url().getAuthority());
    }

    /** Which node answered how many of some requests, none of which may fail. */
    private Map<String, Integer> shares(int requests) throws Exception {
        Map<String, Integer> shares = new TreeMap<>();
        for (int i = 0; i < requests; i++) {
            Answer answer = new Visitor().get(balancer.url(), "/");
            if (answer.status() != 200) {
                assertThat(answer.status()).isEqualTo(503);
                return Map.of("failed", 1);
            }
            shares.merge(answer.node(), 1, Integer::sum);
        }
        return shares;
    }

    private static final class FakeNode {
        private final String name;
        private final int port;
        private final Undertow server;
        private final AtomicInteger requests = new AtomicInteger();
        private volatile boolean ready = true;

        FakeNode(String name, int port) {
            this.name = name;
            this.port = port;
            this.server = Undertow.builder()
                    .addHttpListener(port, "127.0.0.1")
                    .setIoThreads(1)
                    .setWorkerThreads(1)
                    .setHandler(this::answer)
                    .build();
            server.start();
        }

        private void answer(HttpServerExchange exchange) {
            if (exchange.getRequestPath().equals("/health/ready")) {
                exchange.setStatusCode(ready ? 200 : 503);
                return;
            }
            requests.incrementAndGet();
            exchange.getResponseHeaders().put(new HttpString("X-Node"), name);
            if (exchange.getRequestPath().equals("/cookie")) {
                exchange.getResponseHeaders().put(new HttpString("Set-Cookie"), "JSESSIONID=abc." + name);
            }
            exchange.getResponseSender()
                    .send(header(exchange, "X-Forwarded-For") + " " + header(exchange, "X-Forwarded-Proto") + " "
                            + header(exchange, "Host"));
        }

        private static String header(HttpServerExchange exchange, String name) {
            return exchange.getRequestHeaders().getFirst(name);
        }

        URI url() {
            return URI.create("http://127.0.0.1:" + port);
        }

        void stop() {
            server.stop();
        }
    }
}
