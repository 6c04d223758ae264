package io.flotilla.storage;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of an object at one generation; a snapshot that never changes. Thread-safe.
 *
 * @since 0.1
 */
public interface StoredObject {

    /**
     * Returns where the object's name belongs.
     *
     * @return the namespace's name
     */
    String namespace();

    /**
     * Returns the object's name.
     *
     * @return the name, unique in its namespace
     */
    String name();

    /**
     * Returns the number that every change of what the name stands for makes greater.
     *
     * @return the generation, for {@link PutOptions#ifGeneration}
     */
    long generation();

    /**
     * Returns how many bytes the object has.
     *
     * @return the size, 0 or more
     */
    long size();

    /**
     * Returns the digest of the bytes.
     *
     * @return the SHA-256, 64 hexadecimal digits in lower case
     */
    String sha256();

    /**
     * Returns the content type as the writer declared it. Nobody has compared it with the bytes.
     *
     * @return such as {@code image/png}; {@code application/octet-stream} if none was declared
     */
    String contentType();

    /**
     * Returns the writer's own words on the object.
     *
     * @return name to value, in the order of the names; immutable
     */
    Map<String, String> metadata();

    /**
     * Returns when the name got these bytes.
     *
     * @return the time, by the clock of the node that stored them
     */
    Instant created();

    /**
     * Returns when the object ends by itself.
     *
     * @return the time; nothing if it stays
     */
    Optional<Instant> expires();
}
