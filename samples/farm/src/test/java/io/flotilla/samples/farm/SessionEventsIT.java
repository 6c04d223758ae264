package io.flotilla.samples.farm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

/** Listeners hear of each event once in the whole farm. */
final class SessionEventsIT extends SharedFarm {
    private static final int SESSIONS = 60;

    private long heard(String event) {
        return sum(node -> heard(node, event));
    }

    private long sum(ToLongFunction<Node> each) {
        return farm.farm().nodes().stream().mapToLong(each).sum();
    }

    private static long heard(Node node, String event) {
        try {
            return new Visitor()
                    .get(node.url(), "/api/session/events")
                    .json()
                    .path(event)
                    .asLong();
        } catch (IOException noAnswer) {
            throw new IllegalStateException(noAnswer);
        }
    }

    @Test
    void sessionThatEndsInARequestIsHeardOfOnce() throws Exception {
        long before = heard("destroyed");
        long unbound = heard("unbound");
        Visitor visitor = new Visitor();
        visitor.post(farm.url(0), "/api/session/login?user=ann");
        visitor.delete(farm.url(1), "/api/session");

        assertThat(heard("destroyed")).isEqualTo(before + 1);
        assertThat(heard("unbound")).isEqualTo(unbound + 1);
    }

    @Test
    void eachSessionThatExpiresIsHeardOfOnceOnOneNode() throws Exception {
        long created = heard("created");
        long expired = heard("expired");
        long unbound = heard("unbound");
        for (int i = 0; i < SESSIONS; i++) {
            Visitor visitor = new Visitor();
            visitor.post(farm.url(i % 3), "/api/session/login?user=user" + i);
            visitor.put(farm.url((i + 1) % 3), "/api/session/timeout?seconds=2", "");
        }
        Visitor last = new Visitor();

        await().atMost(TestFarm.PATIENCE)
                .untilAsserted(() -> assertThat(heard("expired")).isEqualTo(expired + SESSIONS));
        last.post(farm.url(0), "/api/session/login?user=last");
        last.put(farm.url(0), "/api/session/timeout?seconds=1", "");
        await("one more turn of the sweepers")
                .atMost(TestFarm.PATIENCE)
                .until(() -> heard("expired") > expired + SESSIONS);
        assertThat(heard("expired")).isEqualTo(expired + SESSIONS + 1);
        assertThat(heard("created")).isEqualTo(created + SESSIONS + 1);
        assertThat(heard("unbound")).isEqualTo(unbound + SESSIONS + 1);
        assertThat(farm.farm().nodes()).allMatch(node -> heard(node, "expired") > 0, "has its share of sessions");
    }
}
