package io.flotilla.storage.internal;

import io.flotilla.storage.StoredObject;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** An object as the API shows it. */
public record ObjectView(Reference reference, Content content) implements StoredObject {

    /** What is visible of a reference at that time. */
    static Optional<ObjectView> of(Reference reference, long now) {
        return Optional.ofNullable(reference.visible(now)).map(content -> new ObjectView(reference, content));
    }

    @Override
    public String namespace() {
        return reference.namespace();
    }

    @Override
    public String name() {
        return reference.name();
    }

    @Override
    public long generation() {
        return reference.generation();
    }

    @Override
    public long size() {
        return content.size();
    }

    @Override
    public String sha256() {
        return content.blob().sha256();
    }

    @Override
    public String contentType() {
        return content.contentType();
    }

    @Override
    public Map<String, String> metadata() {
        return content.metadata();
    }

    @Override
    public Instant created() {
        return Instant.ofEpochMilli(content.created());
    }

    @Override
    public Optional<Instant> expires() {
        return content.expires() == Content.NEVER
                ? Optional.empty()
                : Optional.of(Instant.ofEpochMilli(content.expires()));
    }
}
