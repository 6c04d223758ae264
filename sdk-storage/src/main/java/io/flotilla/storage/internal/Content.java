package io.flotilla.storage.internal;

import java.util.Map;
import java.util.TreeMap;

/**
 * What an object holds, at one generation.
 *
 * @param blob where its bytes are
 * @param size how many they are
 * @param contentType as its writer declared it
 * @param metadata the writer's own, by name; in the order of the names
 * @param created milliseconds since the epoch: when these bytes got this name
 * @param expires milliseconds since the epoch, or {@link #NEVER}
 */
public record Content(
        BlobKey blob, long size, String contentType, Map<String, String> metadata, long created, long expires) {
    public static final long NEVER = Long.MAX_VALUE;

    public Content {
        metadata = java.util.Collections.unmodifiableMap(new TreeMap<>(metadata));
    }

    boolean expired(long now) {
        return expires <= now;
    }

    /** The same bytes under another name, with what is asked to differ. */
    Content copied(long now, PutRequest request) {
        String type = request.contentType() == null ? contentType : request.contentType();
        return new Content(
                new BlobKey(blob.sha256(), FileTypes.extension(type)),
                size,
                type,
                request.metadata().isEmpty() ? metadata : request.metadata(),
                now,
                request.keepFor() == null ? expires : request.expires(now));
    }
}
