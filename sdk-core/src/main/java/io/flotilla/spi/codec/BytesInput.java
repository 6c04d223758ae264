package io.flotilla.spi.codec;

import java.io.InputStream;
import java.util.Objects;

/**
 * Reads part of an array, by one thread only: an {@code ObjectInputStream} asks for most bytes one by one, and the locking
 * of the JDK's own stream is a quarter of what it costs to read an object.
 */
final class BytesInput extends InputStream {
    private final byte[] bytes;
    private int next;

    BytesInput(byte[] bytes, int from) {
        this.bytes = bytes;
        this.next = from;
    }

    @Override
    public int read() {
        return next < bytes.length ? bytes[next++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] to, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, to.length);
        if (length == 0) {
            return 0;
        }
        int given = Math.min(length, available());
        if (given == 0) {
            return -1;
        }
        System.arraycopy(bytes, next, to, offset, given);
        next += given;
        return given;
    }

    @Override
    public int available() {
        return bytes.length - next;
    }
}
