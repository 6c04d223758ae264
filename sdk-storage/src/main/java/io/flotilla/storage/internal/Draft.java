package io.flotilla.storage.internal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Bytes on their way to become a blob. Not thread-safe. */
public interface Draft extends Closeable {

    /** Appends all bytes of the buffer. */
    void write(ByteBuffer bytes) throws IOException;

    /**
     * Makes the blob of that name be there, durably, and whole: of these bytes if it is not there already. Called once
     * before the reference is committed and once after it, should a sweep have taken the blob away in between. Nothing can
     * be written afterwards.
     */
    void publish(BlobKey blob) throws IOException;

    /** Drops the draft; what was published stays. */
    @Override
    void close();
}
