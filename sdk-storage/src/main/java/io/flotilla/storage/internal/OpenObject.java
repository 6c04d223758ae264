package io.flotilla.storage.internal;

import io.flotilla.spi.Check;
import io.flotilla.storage.ObjectContent;
import io.flotilla.storage.StoredObject;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An object whose blob is open. */
final class OpenObject implements ObjectContent {
    private static final Logger log = LoggerFactory.getLogger(OpenObject.class);
    private static final int BUFFER = 32 * 1024;

    private final ObjectView object;
    private final Input input;

    OpenObject(ObjectView object, Input input) {
        this.object = object;
        this.input = input;
    }

    @Override
    public StoredObject object() {
        return object;
    }

    @Override
    public InputStream stream() {
        return stream(0, object.size());
    }

    @Override
    public InputStream stream(long offset, long length) {
        requireRange(offset, length);
        return new RangeStream(input, offset, length);
    }

    @Override
    public void writeTo(long offset, long length, OutputStream out) throws IOException {
        requireRange(offset, length);
        byte[] buffer = new byte[(int) Math.min(BUFFER, Math.max(1, length))];
        try (InputStream in = new RangeStream(input, offset, length)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
            }
        }
    }

    private void requireRange(long offset, long length) {
        Check.that(
                offset >= 0 && length >= 0 && offset <= object.size() - length,
                "storage.range must lie within the object's %d bytes, was %d bytes from %d on",
                object.size(),
                length,
                offset);
    }

    @Override
    public void close() {
        try {
            input.close();
        } catch (IOException failure) {
            log.debug("a blob that was read did not close", failure);
        }
    }

    /** Some bytes of a blob. */
    private static final class RangeStream extends InputStream {
        private final Input input;
        private final long end;
        private long position;

        RangeStream(Input input, long offset, long length) {
            this.input = input;
            this.position = offset;
            this.end = offset + length;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            java.util.Objects.checkFromIndexSize(offset, length, into.length);
            if (length == 0) {
                return 0;
            }
            if (position >= end) {
                return -1;
            }
            int most = (int) Math.min(length, end - position);
            int read = input.read(ByteBuffer.wrap(into, offset, most), position);
            if (read < 0) {
                throw new EOFException("a blob is shorter than it was when it was stored: its file is damaged");
            }
            position += read;
            return read;
        }

        @Override
        public long skip(long count) {
            long skipped = Math.max(0, Math.min(count, end - position));
            position += skipped;
            return skipped;
        }

        @Override
        public int available() {
            return (int) Math.min(Integer.MAX_VALUE, end - position);
        }
    }
}
