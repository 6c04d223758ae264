package io.flotilla.storage.internal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** The bytes of a blob, open for reading. Thread-safe. */
public interface Input extends Closeable {

    long size() throws IOException;

    /**
     * Reads some bytes.
     *
     * @return how many, at least one unless the buffer is full; -1 at the end
     */
    int read(ByteBuffer into, long position) throws IOException;
}
