package io.flotilla.samples.farm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What one node puts, loads and voids is what the others answer. */
final class CacheAcrossNodesIT extends SharedFarm {
    private static final Duration STALENESS = Duration.ofSeconds(3);
    private static final int REQUESTS = 30;

    private final Visitor visitor = new Visitor();

    @Test
    void aValueIsOnAllNodesAndThenNearAndGoesEverywhere() throws Exception {
        assertThat(put(0, "demo/tea", "3").status()).isEqualTo(204);
        for (int node = 0; node < 3; node++) {
            assertThat(value(get(node, "demo/tea"))).isEqualTo("3");
        }
        awaitNear("demo/tea");

        assertThat(put(1, "demo/tea", "4").status()).isEqualTo(204);
        awaitEverywhere("demo/tea", 200, "4");
        awaitNear("demo/tea");

        assertThat(visitor.delete(farm.url(2), "/api/cache/demo/tea").status()).isEqualTo(204);
        awaitEverywhere("demo/tea", 404, "");
    }

    private void awaitNear(String path) {
        await().untilAsserted(() -> assertThat(everywhere(path))
                .extracting(answer -> answer.json().path("tier").asText())
                .containsOnly("L1"));
    }

    private void awaitEverywhere(String path, int status, String value) {
        await().atMost(STALENESS)
                .untilAsserted(() -> assertThat(everywhere(path))
                        .allMatch(answer ->
                                answer.status() == status && value(answer).equals(value)));
    }

    @Test
    void aPutIfThereIsNoneIsDoneByOneNode() throws Exception {
        List<Answer> answers =
                together(node -> visitor.putIfAbsent(farm.url(node), "/api/cache/demo/first", "n" + node));

        assertThat(answers).filteredOn(answer -> answer.status() == 204).hasSize(1);
        assertThat(answers).filteredOn(answer -> answer.status() == 412).hasSize(REQUESTS - 1);
    }

    @Test
    void ofAllRequestsOnAllNodesOneLoads() throws Exception {
        List<Answer> answers = together(node -> get(node, "demo/slow/load?millis=300&value=" + node));

        assertThat(answers).allMatch(Answer::ok).extracting(this::value).containsOnly(value(answers.get(0)));
        for (int node = 0; node < 3; node++) {
            assertThat(get(node, "demo/loads/slow").json().path("loads").asInt())
                    .isEqualTo(1);
        }
    }

    @Test
    void noAdditionIsLost() throws Exception {
        List<Answer> answers = together(node -> visitor.post(farm.url(node), "/api/cache/shared/n/increment?by=2"));

        assertThat(answers).allMatch(Answer::ok).extracting(this::value).doesNotHaveDuplicates();
        assertThat(everywhere("shared/n")).extracting(this::value).containsOnly("" + 2 * REQUESTS);
    }

    @Test
    void aSynchronousChangeIsSeenEverywhereWhenItIsAnswered() throws Exception {
        for (int i = 0; i < 100; i++) {
            assertThat(put(i % 3, "strict/tea", "" + i).status()).isEqualTo(204);
            assertThat(everywhere("strict/tea")).extracting(this::value).containsOnly("" + i);
        }
    }

    @Test
    void whatIsVoidedIsServedNowhereWhenThatIsAnswered() throws Exception {
        for (int i = 0; i < 10; i++) {
            put(0, "demo/milk?tags=cold,drink", "1");
            put(1, "demo/bread", "2");
            awaitNear("demo/milk");
            awaitNear("demo/bread");

            visitor.delete(farm.url(i % 3), "/api/cache/demo?tag=drink");
            assertThat(everywhere("demo/milk")).extracting(Answer::status).containsOnly(404);
            assertThat(everywhere("demo/bread")).extracting(Answer::status).containsOnly(200);

            visitor.delete(farm.url(i % 3), "/api/cache/demo");
            assertThat(everywhere("demo/bread")).extracting(Answer::status).containsOnly(404);
        }
    }

    @Test
    void aPageThatOneNodeMadeAllServeUntilItIsVoided() throws Exception {
        Answer made = page(0, "GET");
        assertThat(made.field("X-Cache")).isEqualTo("MISS");
        assertThat(made.field("ETag")).startsWith("\"");

        for (int node = 0; node < 3; node++) {
            Answer stored = page(node, "GET");
            assertThat(stored.field("X-Cache")).isEqualTo("HIT");
            assertThat(stored.node()).isEqualTo("n" + (node + 1));
            assertThat(stored.body()).isEqualTo(made.body()).contains("<h1>soup</h1>");
            assertThat(stored.field("ETag")).isEqualTo(made.field("ETag"));
            assertThat(Integer.parseInt(stored.field("Age"))).isBetween(0, 59);
            assertThat(page(node, "GET", "If-None-Match", made.field("ETag")).status())
                    .isEqualTo(304);
        }

        assertThat(page(2, "DELETE").status()).isEqualTo(204);
        assertThat(page(1, "GET", "Cache-Control", "only-if-cached").status()).isEqualTo(504);
        Answer anew = page(1, "GET");
        assertThat(anew.field("X-Cache")).isEqualTo("MISS");
        assertThat(anew.field("ETag")).isEqualTo(made.field("ETag"));
        assertThat(page(0, "GET").field("X-Cache")).isEqualTo("HIT");
    }

    @Test
    void ofAllRequestsForAColdPageOneMakesIt() {
        List<Answer> answers = together(node -> visitor.get(farm.url(node), "/pages/cold?millis=300"));

        assertThat(answers)
                .allMatch(Answer::ok)
                .extracting(Answer::body)
                .containsOnly(answers.get(0).body());
        assertThat(answers)
                .filteredOn(answer -> answer.field("X-Cache").equals("MISS"))
                .hasSize(1);
    }

    private Answer page(int node, String method, String... fields) throws IOException {
        return visitor.send(method, farm.url(node), "/pages/soup?millis=50", "", fields);
    }

    private String value(Answer answer) {
        return answer.json().path("value").asText();
    }

    private Answer put(int node, String path, String value) throws IOException {
        return visitor.put(farm.url(node), "/api/cache/" + path, value);
    }

    private Answer get(int node, String path) throws IOException {
        return visitor.get(farm.url(node), "/api/cache/" + path);
    }

    private List<Answer> everywhere(String path) {
        return IntStream.range(0, 3)
                .mapToObj(node -> answer(each -> get(each, path), node))
                .toList();
    }

    /** A request to a node. */
    private interface Request {
        Answer answer(int node) throws IOException;
    }

    private static Answer answer(Request request, int node) {
        try {
            return request.answer(node);
        } catch (IOException failure) {
            throw new CompletionException(failure);
        }
    }

    /** The same request many times at once, on all nodes. */
    private static List<Answer> together(Request request) {
        ExecutorService pool = Executors.newFixedThreadPool(REQUESTS);
        try {
            List<CompletableFuture<Answer>> answers = IntStream.range(0, REQUESTS)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> answer(request, i % 3), pool))
                    .toList();
            return answers.stream().map(CompletableFuture::join).toList();
        } finally {
            pool.shutdownNow();
        }
    }
}
