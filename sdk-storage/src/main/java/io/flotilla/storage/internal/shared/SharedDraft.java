package io.flotilla.storage.internal.shared;

import io.flotilla.storage.internal.BlobKey;
import io.flotilla.storage.internal.Draft;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file in the folder's {@code temp}; it is there until the end, so that the blob can be linked to it once more. */
final class SharedDraft implements Draft {
    private static final Logger log = LoggerFactory.getLogger(SharedDraft.class);

    private final SharedFolder folder;
    private final Path temp;
    private Disk.@Nullable Output output; // null once all is written
    private boolean published;

    SharedDraft(SharedFolder folder, Path temp, Disk.@Nullable Output output) {
        this.folder = folder;
        this.temp = temp;
        this.output = output;
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        Disk.Output open = output;
        if (open == null) {
            throw new IllegalStateException("the draft is published already");
        }
        open.write(bytes);
    }

    @Override
    public void publish(BlobKey blob) throws IOException {
        finish();
        folder.publish(temp, blob, published);
        published = true;
    }

    /** On network file systems it is force, and close, that tell of a full disk. */
    private void finish() throws IOException {
        Disk.Output open = output;
        if (open != null) {
            try (open) {
                open.force();
            }
            output = null;
        }
    }

    @Override
    public void close() {
        Disk.Output open = output;
        if (open != null) {
            output = null;
            try {
                open.close();
            } catch (IOException failure) {
                log.debug("a draft that is thrown away did not close", failure);
            }
        }
        folder.deleteLater(temp);
    }
}
