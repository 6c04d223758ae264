package io.flotilla.storage;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Objects under names, the same on every node. A name is 1 to 1,024 bytes of UTF-8 without control characters and
 * backslashes; slashes part it, and no part is empty, {@code .} or {@code ..}.
 *
 * <p>What was stored is visible on every node once the call has returned, whole, and stays so whichever nodes die. Calls
 * block for the disk and for a round trip or two in the cluster; none holds more than a few KiB of an object in memory.
 * Thread-safe.
 *
 * <p>Every method throws {@link IllegalArgumentException} for a name that is none, {@link StorageException} if the file
 * system fails, and {@link io.flotilla.ClusterUnavailableException} if the cluster cannot answer just now or is still
 * reading its references from disk.
 *
 * @since 0.1
 */
public interface Namespace {

    /**
     * Returns the namespace's name.
     *
     * @return the name
     */
    String name();

    /**
     * Stores an object, in place of what the name stood for.
     *
     * @param name its name
     * @param bytes its bytes; read to the end, not closed
     * @return the object as stored
     * @throws IOException if the given stream fails; nothing has changed
     */
    default StoredObject put(String name, InputStream bytes) throws IOException {
        return put(name, bytes, defaults -> {});
    }

    /**
     * Stores an object, in place of what the name stood for.
     *
     * @param name its name
     * @param bytes its bytes; read to the end, not closed
     * @param options what should differ from the defaults
     * @return the object as stored
     * @throws IOException if the given stream fails; nothing has changed
     */
    StoredObject put(String name, InputStream bytes, Consumer<PutOptions> options) throws IOException;

    /**
     * Begins to store an object whose bytes the caller will write.
     *
     * @param name its name
     * @param options what should differ from the defaults
     * @return where to write; to be closed
     */
    ObjectWriter write(String name, Consumer<PutOptions> options);

    /**
     * Returns what is known of an object.
     *
     * @param name its name
     * @return the object; nothing if there is none
     */
    Optional<StoredObject> stat(String name);

    /**
     * Opens an object for reading.
     *
     * @param name its name
     * @return the object, to be closed; nothing if there is none
     */
    Optional<ObjectContent> open(String name);

    /**
     * Lists objects in the order of their names (of their UTF-16 units, to be exact). All members look through all their
     * references, so the cost grows with the number of all objects, not with that of the results.
     *
     * @param prefix with what the names begin; empty for all
     * @param after the name after which to begin, there or not; empty for the first
     * @param limit how many at most, 1 to 1,000
     * @return the first of them
     */
    ObjectPage list(String prefix, String after, int limit);

    /**
     * Gives the bytes of an object another name, without copying them.
     *
     * @param name the object's name
     * @param target the namespace of the other name
     * @param targetName the other name
     * @param options what should differ from the original
     * @return the new object
     * @throws StorageException with {@link StorageException.Reason#NOT_FOUND} if there is no object of that name
     */
    StoredObject copy(String name, Namespace target, String targetName, Consumer<PutOptions> options);

    /**
     * Gives an object another name, without copying its bytes: a {@link #copy}, and then a {@link #delete(String, long)}
     * of the original unless somebody has changed it meanwhile. In between, and for good if this node dies there, the
     * object has both names.
     *
     * @param name the object's name
     * @param target the namespace of the new name
     * @param targetName the new name
     * @param options what should differ from the original
     * @return the object under its new name
     * @throws StorageException with {@link StorageException.Reason#NOT_FOUND} if there is no object of that name
     */
    StoredObject move(String name, Namespace target, String targetName, Consumer<PutOptions> options);

    /**
     * Deletes an object. Who has it open reads on.
     *
     * @param name its name
     * @return whether there was one
     */
    boolean delete(String name);

    /**
     * Deletes an object if it still is what the caller knows.
     *
     * @param name its name
     * @param ifGeneration of {@link StoredObject#generation()}
     * @return whether it was that one, and is deleted
     */
    boolean delete(String name, long ifGeneration);
}
