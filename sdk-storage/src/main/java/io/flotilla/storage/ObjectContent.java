package io.flotilla.storage;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * An object that is open for reading. Its bytes stay the same, and there, until it is closed, whatever becomes of the
 * object meanwhile. Thread-safe: ranges may be read side by side.
 *
 * @since 0.1
 */
public interface ObjectContent extends Closeable {

    /**
     * Returns what is known of the object.
     *
     * @return the object to which the bytes belong
     */
    StoredObject object();

    /**
     * Returns all bytes as a stream, which need not be closed.
     *
     * @return a new stream at each call, not buffered
     */
    InputStream stream();

    /**
     * Returns some of the bytes as a stream, which need not be closed.
     *
     * @param offset the first byte's place, 0 or more
     * @param length how many bytes; no more than there are from that place on
     * @return a new stream at each call, not buffered
     * @throws IllegalArgumentException if the object has no such range
     */
    InputStream stream(long offset, long length);

    /**
     * Writes some of the bytes to a stream, through a buffer of a few KiB.
     *
     * @param offset the first byte's place, 0 or more
     * @param length how many bytes; no more than there are from that place on
     * @param out where to; is neither flushed nor closed
     * @throws IllegalArgumentException if the object has no such range
     * @throws IOException if the file system or the given stream fails
     */
    void writeTo(long offset, long length, OutputStream out) throws IOException;

    @Override
    void close();
}
