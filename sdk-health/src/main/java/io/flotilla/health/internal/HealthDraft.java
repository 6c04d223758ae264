package io.flotilla.health.internal;

import com.fasterxml.jackson.core.JsonGenerator;
import io.flotilla.health.Health.State;
import io.flotilla.spi.HealthCheck.Status;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the node is, in the form of draft-inadarei-api-health-check-06. Unlike the summary it answers 503 when the node is not
 * ready, as the draft demands.
 */
final class HealthDraft {
    private HealthDraft() {}

    /** The document; with the checks for those who may see them, else null. */
    static Reply document(State state, String node, @Nullable List<Outcome> checks) throws IOException {
        return Reply.json(Readiness.isReady(state) ? 200 : 503, MediaTypes.HEALTH_DRAFT, json -> {
            json.writeStartObject();
            json.writeStringField("status", word(state));
            json.writeStringField("serviceId", node);
            if (state != State.UP) {
                json.writeStringField("output", state.name());
            }
            if (checks != null) {
                json.writeObjectFieldStart("checks");
                for (Outcome each : checks) {
                    json.writeArrayFieldStart(each.name());
                    write(json, each);
                    json.writeEndArray();
                }
                json.writeEndObject();
            }
            json.writeEndObject();
        });
    }

    private static void write(JsonGenerator json, Outcome check) throws IOException {
        json.writeStartObject();
        json.writeStringField("componentType", "component");
        json.writeStringField("status", word(check.status()));
        if (check.status() != Status.UP && !check.detail().isEmpty()) {
            json.writeStringField("output", check.detail()); // which the draft forbids to those that pass
        }
        json.writeEndObject();
    }

    private static String word(State state) {
        return switch (state) {
            case UP -> "pass";
            case DEGRADED -> "warn";
            case STARTING, DOWN, DRAINING, SILENT -> "fail";
        };
    }

    private static String word(@Nullable Status status) {
        if (status == null) {
            return "fail"; // it has not run yet
        }
        return switch (status) {
            case UP -> "pass";
            case DEGRADED -> "warn";
            case DOWN -> "fail";
        };
    }
}
