package io.flotilla.health.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.flotilla.health.Health.State;
import io.flotilla.spi.HealthCheck.Status;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthDraftTest {
    @ParameterizedTest
    @CsvSource({"UP, 200, pass", "DEGRADED, 200, warn", "STARTING, 503, fail", "DOWN, 503, fail", "DRAINING, 503, fail"
    })
    void hasTheDraftsWordsAndFailsWithAStatus(State state, int status, String word) throws IOException {
        Reply reply = HealthDraft.document(state, "web-1", null);
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.contentType()).isEqualTo("application/health+json");
        assertThat(reply.body())
                .isEqualTo("{\"status\":\"" + word + "\",\"serviceId\":\"web-1\""
                        + (state == State.UP ? "}" : ",\"output\":\"" + state + "\"}"));
    }

    @Test
    void showsChecksToThoseWhoMaySeeThem() throws IOException {
        List<Outcome> checks = List.of(
                new Outcome("heap", Status.UP, "heap at 3 %", Duration.ZERO),
                new Outcome("disk", Status.DEGRADED, "90 % full", Duration.ZERO),
                new Outcome("late", null, "has not run yet", Duration.ZERO));
        assertThat(HealthDraft.document(State.DEGRADED, "web-1", checks).body())
                .endsWith("\"checks\":{\"heap\":[{\"componentType\":\"component\",\"status\":\"pass\"}],"
                        + "\"disk\":[{\"componentType\":\"component\",\"status\":\"warn\",\"output\":\"90 % full\"}],"
                        + "\"late\":[{\"componentType\":\"component\",\"status\":\"fail\",\"output\":\"has not run"
                        + " yet\"}]}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/health+json | true",
                "text/html, Application/Health+JSON;q=0.5 | true",
                "application/json, application/health+json | true",
                "application/json;q=0.9, application/health+json; q=0.8 | false",
                "application/health+json;q=0 | false",
                "application/health+json;q=x | false",
                "*/* | false",
                "application/* | false",
                "application/json | false",
                " | false"
            })
    void isForThoseWhoNameIt(String accept, boolean draft) {
        assertThat(MediaTypes.prefersHealthDraft(accept)).isEqualTo(draft);
    }
}
