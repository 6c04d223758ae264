package io.flotilla.health.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;

/** A whole response, small and made in memory: never stored by a cache, never more than the headers to HEAD. */
record Reply(int status, String contentType, String body) {
    private static final JsonFactory JSON = new JsonFactory();

    /** What writes a document. */
    @FunctionalInterface
    interface Document {
        void writeTo(JsonGenerator json) throws IOException;
    }

    /** One word in one line. */
    static Reply word(int status, String word) {
        return new Reply(status, "text/plain;charset=utf-8", word + "\n");
    }

    static Reply json(Document document) throws IOException {
        return json(HttpServletResponse.SC_OK, "application/json", document);
    }

    static Reply problem(int status, String title, String detail) throws IOException {
        return json(status, "application/problem+json", json -> {
            json.writeStartObject();
            json.writeStringField("type", "about:blank");
            json.writeStringField("title", title);
            json.writeNumberField("status", status);
            json.writeStringField("detail", detail);
            json.writeEndObject();
        });
    }

    static Reply json(int status, String contentType, Document document) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            document.writeTo(json);
        }
        return new Reply(status, contentType, text.toString());
    }

    void send(HttpServletRequest request, HttpServletResponse response) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setHeader("Cache-Control", "no-store");
        response.setContentType(contentType);
        response.setContentLength(bytes.length);
        if (!"HEAD".equals(request.getMethod())) {
            response.getOutputStream().write(bytes);
        }
        response.flushBuffer();
    }
}
