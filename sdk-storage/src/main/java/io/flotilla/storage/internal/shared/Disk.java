package io.flotilla.storage.internal.shared;

import io.flotilla.storage.internal.Input;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/**
 * The few things that a shared folder asks of its file system, each a step at which a machine may stop; a test stands in
 * for it. None of them changes what is in a file once it has its name. Thread-safe.
 */
public interface Disk {

    /** Creates a file; it must not exist. */
    Output create(Path file) throws IOException;

    /**
     * Opens a file.
     *
     * @throws java.nio.file.NoSuchFileException if it is not there
     */
    Input open(Path file) throws IOException;

    /**
     * Gives a file a second name.
     *
     * @throws java.nio.file.FileAlreadyExistsException if there is a file of that name
     */
    void link(Path file, Path name) throws IOException;

    /** Moves a file to a name that is not taken. */
    void rename(Path file, Path name) throws IOException;

    /** Deletes a file if it is there. */
    void delete(Path file) throws IOException;

    /** Creates a directory unless it is there; its parent must be. */
    void createDirectory(Path directory) throws IOException;

    /** Makes the names in a directory survive a loss of power. */
    void forceDirectory(Path directory) throws IOException;

    /** The names in a directory, none if it is not there. May be out of date by seconds. */
    List<String> list(Path directory) throws IOException;

    /** When the file was written, in milliseconds since the epoch by the file server's clock; far in the future if it is not there. */
    long lastModified(Path file) throws IOException;

    /** A file that is being written. Not thread-safe. */
    interface Output extends Closeable {

        /** Appends all bytes of the buffer. */
        void write(ByteBuffer bytes) throws IOException;

        /** Makes what was written survive a loss of power. */
        void force() throws IOException;
    }
}
