package io.flotilla.health.internal;

import com.fasterxml.jackson.core.JsonGenerator;
import io.flotilla.health.Health.State;
import io.flotilla.health.NodeStatus;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The documents for people and their tools. */
final class HealthDocuments {
    private HealthDocuments() {}

    /** How the node is; with the checks for those who may see them, else null. */
    static Reply summary(State state, String node, @Nullable List<Outcome> checks) throws IOException {
        return Reply.json(json -> {
            json.writeStartObject();
            json.writeStringField("status", state.name());
            json.writeStringField("node", node);
            if (checks != null) {
                json.writeArrayFieldStart("checks");
                for (Outcome each : checks) {
                    write(json, each);
                }
                json.writeEndArray();
            }
            json.writeEndObject();
        });
    }

    private static void write(JsonGenerator json, Outcome check) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", check.name());
        json.writeStringField(
                "status",
                check.status() == null ? State.STARTING.name() : check.status().name());
        json.writeStringField("detail", check.detail());
        json.writeNumberField("checkedMillisAgo", check.age().toMillis());
        json.writeEndObject();
    }

    static Reply table(List<NodeStatus> nodes) throws IOException {
        return Reply.json(json -> {
            json.writeStartArray();
            for (NodeStatus each : nodes) {
                write(json, each);
            }
            json.writeEndArray();
        });
    }

    private static void write(JsonGenerator json, NodeStatus node) throws IOException {
        json.writeStartObject();
        json.writeStringField("node", node.node());
        json.writeBooleanField("self", node.self());
        json.writeStringField("state", node.state().name());
        json.writeNumberField("weight", node.weight());
        json.writeStringField("http", node.url().map(URI::toString).orElse(null));
        json.writeNumberField("inFlight", node.inFlight());
        json.writeNumberField("uptimeMillis", node.uptime().toMillis());
        Optional<Duration> lastSeen = node.lastSeen();
        if (lastSeen.isPresent()) {
            json.writeNumberField("lastSeenMillisAgo", lastSeen.get().toMillis());
        } else {
            json.writeNullField("lastSeenMillisAgo");
        }
        json.writeEndObject();
    }
}
