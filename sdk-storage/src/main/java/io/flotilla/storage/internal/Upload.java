package io.flotilla.storage.internal;

import io.flotilla.storage.ObjectWriter;
import io.flotilla.storage.StorageException;
import io.flotilla.storage.StorageException.Reason;
import io.flotilla.storage.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** An object on its way in: hashed and counted as it passes through to its draft. */
final class Upload extends ObjectWriter {
    private static final int BUFFER = 64 * 1024;

    private final Objects objects;
    private final String namespace;
    private final String name;
    private final PutRequest request;
    private final Draft draft;
    private final MessageDigest digest = sha256();
    private final byte[] buffer = new byte[BUFFER];
    private int buffered;
    private long size;
    private boolean closed;

    Upload(Objects objects, String namespace, String name, PutRequest request) {
        this.objects = objects;
        this.namespace = namespace;
        this.name = name;
        this.request = request;
        this.draft = objects.draft();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Takes in a stream to its end. */
    void readAll(InputStream bytes) throws IOException {
        while (true) {
            int read = bytes.read(buffer, buffered, buffer.length - buffered);
            if (read < 0) {
                return;
            }
            count(read);
            buffered += read;
            if (buffered == buffer.length) {
                passOn();
            }
        }
    }

    @Override
    public void write(int each) {
        write(new byte[] {(byte) each}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        java.util.Objects.checkFromIndexSize(offset, length, bytes.length);
        requireOpen();
        count(length);
        int done = 0;
        while (done < length) {
            int some = Math.min(length - done, buffer.length - buffered);
            System.arraycopy(bytes, offset + done, buffer, buffered, some);
            buffered += some;
            done += some;
            if (buffered == buffer.length) {
                passOn();
            }
        }
    }

    private void count(int more) {
        long limit = objects.limits(namespace).maxObjectSize();
        if (more > limit - size) {
            throw new StorageException(
                    Reason.TOO_LARGE,
                    "an object of namespace '" + namespace + "' may have " + limit
                            + " bytes; this one has more, and was not stored",
                    null);
        }
        size += more;
    }

    private void passOn() {
        digest.update(buffer, 0, buffered);
        try {
            draft.write(ByteBuffer.wrap(buffer, 0, buffered));
        } catch (IOException failure) {
            throw DiskFailures.of(failure);
        }
        buffered = 0;
    }

    @Override
    public StoredObject commit() {
        requireOpen();
        passOn();
        BlobKey blob = new BlobKey(
                HexFormat.of().formatHex(digest.digest()), FileTypes.extension(request.contentTypeOrDefault()));
        StoredObject stored = objects.store(namespace, name, draft, blob, size, request);
        close();
        return stored;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("this writer is closed");
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            draft.close();
        }
    }
}
