package io.flotilla.samples.farm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** What a request was answered. */
record Answer(int status, String node, String body) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

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
