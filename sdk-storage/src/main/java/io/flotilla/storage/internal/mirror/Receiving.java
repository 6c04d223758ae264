package io.flotilla.storage.internal.mirror;

import io.flotilla.storage.internal.BlobKey;
import io.flotilla.storage.internal.Draft;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A copy on its way in, which becomes a blob only if it is what its name says. Not thread-safe. */
final class Receiving implements Closeable {
    private final Draft draft;
    private final MessageDigest digest = sha256();
    private long size;

    Receiving(Draft draft) {
        this.draft = draft;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    void write(ByteBuffer bytes) throws IOException {
        digest.update(bytes.duplicate());
        size += bytes.remaining();
        draft.write(bytes);
    }

    long size() {
        return size;
    }

    void publish(BlobKey blob) throws IOException {
        if (!HexFormat.of().formatHex(digest.digest()).equals(blob.sha256())) {
            throw new IOException("a copy of " + size + " bytes is not what its name says: it was damaged on its way,"
                    + " or the disk that it came from is");
        }
        draft.publish(blob);
    }

    @Override
    public void close() {
        draft.close();
    }
}
