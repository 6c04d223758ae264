package io.flotilla.samples.farm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An administrator finds the sessions of a user, wherever they are, and ends them from any node. */
final class SessionSearchIT extends SharedFarm {
    private Visitor admin;

    @BeforeAll
    void readToken() throws IOException {
        admin = Visitor.withToken(Files.readString(farm.farm().adminTokenFile()).strip());
    }

    private Visitor login(String user, int node) throws IOException {
        Visitor visitor = new Visitor();
        assertThat(visitor.post(farm.url(node), "/api/session/login?user=" + user)
                        .attribute("user"))
                .isEqualTo(user);
        return visitor;
    }

    private JsonNode find(String user, int node) throws IOException {
        Answer answer = admin.get(farm.url(node), "/api/sessions?user=" + user);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json();
    }

    private String end(String user, int node) throws IOException {
        return admin.delete(farm.url(node), "/api/sessions?user=" + user).body();
    }

    private long destroyed() throws IOException {
        long sum = 0;
        for (Node node : farm.farm().nodes()) {
            sum += new Visitor()
                    .get(node.url(), "/api/session/events")
                    .json()
                    .path("destroyed")
                    .asLong();
        }
        return sum;
    }

    @Test
    void aUsersSessionsAreFoundFromEveryNode() throws Exception {
        List<Visitor> visitors = List.of(login("finn", 0), login("finn", 1), login("finn", 2));
        visitors.get(0).post(farm.url(1), "/api/session/counter/visits");
        visitors.get(2).post(farm.url(0), "/api/session/id");
        List<Long> created = new ArrayList<>();
        for (Visitor each : visitors) {
            created.add(
                    each.get(farm.url(1), "/api/session").json().path("created").asLong());
        }

        for (int node = 0; node < farm.size(); node++) {
            JsonNode found = find("finn", node);
            assertThat(found.fieldNames()).toIterable().containsExactly("user", "sessions");
            assertThat(found.path("user").asText()).isEqualTo("finn");
            assertThat(found.path("sessions"))
                    .extracting(each -> each.path("created").asLong())
                    .containsExactlyInAnyOrderElementsOf(created);
            assertThat(found.path("sessions")).allSatisfy(each -> {
                assertThat(each.fieldNames())
                        .as("times, no id and no value")
                        .toIterable()
                        .containsExactly("created", "lastAccessed");
                assertThat(each.path("lastAccessed").asLong())
                        .isGreaterThanOrEqualTo(each.path("created").asLong());
            });
        }
    }

    @RepeatedTest(3)
    void allOfThemEndFromOneNodeAndTheUserIsOutOnEveryOther() throws Exception {
        List<Visitor> anns = List.of(login("ann", 0), login("ann", 1), login("ann", 2), login("ann", 0));
        Visitor bob = login("bob", 1);
        long told = destroyed();

        assertThat(end("ann", 1)).isEqualTo("{\"ended\":4}");

        for (int node = 0; node < farm.size(); node++) {
            for (Visitor each : anns) {
                assertThat(each.twin().get(farm.url(node), "/api/session").sessionId())
                        .as("on " + farm.node(node).name())
                        .isEmpty();
            }
            assertThat(bob.get(farm.url(node), "/api/session").attribute("user"))
                    .isEqualTo("bob");
            assertThat(find("ann", node)).hasToString("{\"user\":\"ann\",\"sessions\":[]}");
        }
        assertThat(end("ann", 2)).isEqualTo("{\"ended\":0}");
        await().atMost(TestFarm.PATIENCE)
                .untilAsserted(() -> assertThat(destroyed()).isEqualTo(told + 4));
        assertThat(end("bob", 0)).isEqualTo("{\"ended\":1}");
    }

    @Test
    void whoLogsOutOrChangesTheUserIsNotFoundAnyMore() throws Exception {
        Visitor one = login("uma", 0);
        Visitor other = login("uma", 1);
        one.delete(farm.url(1), "/api/session");
        other.post(farm.url(2), "/api/session/login?user=vic");

        assertThat(find("uma", 0).path("sessions")).isEmpty();
        assertThat(find("vic", 0).path("sessions")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "DELETE"})
    void nobodyElseIsAnswered(String method) throws Exception {
        Visitor eve = login("eve", 0);
        for (int node = 0; node < farm.size(); node++) {
            assertRefused(401, ask(new Visitor(), method, node));
            assertRefused(401, ask(eve, method, node));
            assertRefused(403, ask(Visitor.withToken("wrong"), method, node));
        }
        assertThat(eve.get(farm.url(1), "/api/session").attribute("user")).isEqualTo("eve");
    }

    private Answer ask(Visitor visitor, String method, int node) throws IOException {
        return visitor.send(method, farm.url(node), "/api/sessions?user=eve", "");
    }

    private static void assertRefused(int status, Answer answer) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.json().path("status").asInt()).isEqualTo(status);
        assertThat(answer.body()).doesNotContain("eve", "created");
    }
}
