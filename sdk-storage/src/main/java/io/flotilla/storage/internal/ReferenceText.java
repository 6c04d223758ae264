package io.flotilla.storage.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** References as they are written down: JSON, for people with an editor too. Fields of later releases are passed over. */
public final class ReferenceText {
    private static final JsonFactory JSON = new JsonFactory();

    private final Map<String, String> fields = new HashMap<>();
    private @Nullable Map<String, String> metadata;

    private ReferenceText() {}

    public static byte[] write(Reference reference) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("namespace", reference.namespace());
            json.writeStringField("name", reference.name());
            json.writeNumberField("base", reference.base());
            json.writeNumberField("generation", reference.generation());
            json.writeStringField("operation", reference.operation());
            if (reference.content() != null) {
                write(reference.content(), json);
            }
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return bytes.toByteArray();
    }

    private static void write(Content content, JsonGenerator json) throws IOException {
        json.writeStringField("blob", content.blob().fileName());
        json.writeNumberField("size", content.size());
        json.writeStringField("contentType", content.contentType());
        json.writeNumberField("created", content.created());
        json.writeNumberField("expires", content.expires());
        json.writeObjectFieldStart("metadata");
        for (Map.Entry<String, String> each : content.metadata().entrySet()) {
            json.writeStringField(each.getKey(), each.getValue());
        }
        json.writeEndObject();
    }

    /**
     * Returns what {@link #write} wrote.
     *
     * @throws Unreadable if the bytes are not that
     */
    public static Reference read(byte[] bytes) throws Unreadable {
        try (JsonParser json = JSON.createParser(bytes)) {
            ReferenceText text = new ReferenceText();
            text.readFields(json);
            return text.reference();
        } catch (IOException | IllegalArgumentException wrong) {
            throw new Unreadable(wrong);
        }
    }

    /** The bytes are no reference: they are damaged. */
    public static final class Unreadable extends IOException {
        private static final long serialVersionUID = 1L;

        Unreadable(Throwable cause) {
            super("a reference cannot be read", cause);
        }
    }

    private void readFields(JsonParser json) throws IOException {
        expect(json.nextToken() == JsonToken.START_OBJECT);
        for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
            JsonToken value = json.nextToken();
            if (field.equals("metadata") && value == JsonToken.START_OBJECT) {
                metadata = readMetadata(json);
            } else if (value.isScalarValue()) {
                fields.put(field, json.getText());
            } else {
                json.skipChildren();
            }
        }
        expect(json.currentToken() == JsonToken.END_OBJECT);
    }

    private static Map<String, String> readMetadata(JsonParser json) throws IOException {
        Map<String, String> read = new HashMap<>();
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            read.put(name, json.nextTextValue());
        }
        return read;
    }

    private Reference reference() throws IOException {
        return new Reference(
                text("namespace"), text("name"), number("base"), number("generation"), text("operation"), content());
    }

    private @Nullable Content content() throws IOException {
        Map<String, String> own = metadata;
        if (!fields.containsKey("blob")) {
            return null;
        }
        expect(own != null);
        return new Content(
                BlobKey.ofFileName(text("blob")),
                number("size"),
                text("contentType"),
                own == null ? Map.of() : own,
                number("created"),
                number("expires"));
    }

    private long number(String field) throws IOException {
        return Long.parseLong(text(field));
    }

    private String text(String field) throws IOException {
        String value = fields.get(field);
        if (value == null) {
            throw new IOException("a reference has no " + field);
        }
        return value;
    }

    private static void expect(boolean condition) throws IOException {
        if (!condition) {
            throw new IOException("a reference is not whole");
        }
    }
}
