package io.flotilla.samples.farm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpHeaders;

/** What a request was answered. */
record Answer(int status, HttpHeaders fields, String body) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** The name of the node that answered; empty if it did not say. */
    String node() {
        return field("X-Node");
    }

    /** A header field; empty if it is not there. */
    String field(String name) {
        return fields.firstValue(name).orElse("");
    }

    boolean ok() {
        return status >= 200 && status < 300;
    }

    JsonNode json() {
        try {
            return MAPPER.readTree(body);
        } catch (JsonProcessingException notJson) {
            throw new IllegalStateException("expected JSON, but " + this, notJson);
        }
    }

    /** The text of a session's attribute; empty if it is not there. */
    String attribute(String name) {
        return json().path("attributes").path(name).asText();
    }

    /** The session's id as the node shows it; empty if there is no session. */
    String sessionId() {
        JsonNode id = json().path("id");
        return id.isNull() ? "" : id.asText();
    }
}
