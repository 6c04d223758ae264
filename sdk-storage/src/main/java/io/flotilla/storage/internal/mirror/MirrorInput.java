package io.flotilla.storage.internal.mirror;

import io.flotilla.storage.internal.BlobKey;
import io.flotilla.storage.internal.Input;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A blob that is read from one copy, and goes on from another at the same byte when that one fails. */
final class MirrorInput implements Input {
    private static final Logger log = LoggerFactory.getLogger(MirrorInput.class);

    private final BlobKey blob;
    private final Deque<Holder> left; // guarded by this, as below
    private Input source;
    private final long size;

    private MirrorInput(BlobKey blob, Deque<Holder> left, Input first) throws IOException {
        this.blob = blob;
        this.left = left;
        this.source = first;
        this.size = first.size();
    }

    /** Opens the first copy there is. */
    static MirrorInput open(BlobKey blob, List<Holder> sources) throws IOException {
        Deque<Holder> left = new ArrayDeque<>(sources);
        Input first = next(blob, left, null);
        try {
            return new MirrorInput(blob, left, first);
        } catch (IOException failure) {
            first.close();
            throw failure;
        }
    }

    /** One that does not answer may have it: then it is not known to be nowhere. */
    private static Input next(BlobKey blob, Deque<Holder> left, @Nullable IOException before) throws IOException {
        IOException failure = before;
        for (Holder each = left.poll(); each != null; each = left.poll()) {
            try {
                return each.open(blob);
            } catch (NoSuchFileException absent) {
                log.debug("a copy is not where it was looked for");
            } catch (IOException failed) {
                failure = failed;
            }
        }
        throw failure == null ? new NoSuchFileException("a blob is on no node that is there") : failure;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public synchronized int read(ByteBuffer into, long position) throws IOException {
        int start = into.position();
        while (true) {
            try {
                int read = source.read(into, position);
                if (read >= 0 || position >= size) {
                    return read;
                }
                goOn(new IOException("a copy is shorter than it was: its file is damaged"));
            } catch (IOException failure) {
                into.position(start);
                goOn(failure);
            }
        }
    }

    private void goOn(IOException failure) throws IOException {
        log.debug("a copy could not be read to its end, and the next one is taken", failure);
        Input failed = source;
        source = next(blob, left, failure);
        failed.close();
    }

    @Override
    public synchronized void close() throws IOException {
        source.close();
    }
}
