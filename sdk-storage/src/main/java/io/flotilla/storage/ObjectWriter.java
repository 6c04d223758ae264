package io.flotilla.storage;

import java.io.IOException;
import java.io.OutputStream;

/**
 * An object that is being written. Nothing of it is visible before {@link #commit}; closed without one, it leaves nothing
 * behind. Holds no bytes in memory. Not thread-safe.
 *
 * @since 0.1
 */
public abstract class ObjectWriter extends OutputStream {

    /** Made by the storage. */
    protected ObjectWriter() {}

    /**
     * Appends bytes.
     *
     * @throws StorageException if the object grows larger than it may, or the file system fails
     */
    @Override
    public abstract void write(byte[] bytes, int offset, int length) throws IOException;

    /**
     * Makes the object visible on all nodes, whole and durable. Blocks until the bytes and the name are on disk.
     *
     * @return the object as stored
     * @throws StorageException if a condition does not hold, a limit is reached or the file system fails
     * @throws io.flotilla.ClusterUnavailableException if the cluster cannot answer; the object may appear later or not
     * @throws IllegalStateException if the writer is closed
     */
    public abstract StoredObject commit();

    /** Throws away what was written, unless it is committed. */
    @Override
    public abstract void close();
}
