package io.flotilla.storage.internal.mirror;

import io.flotilla.storage.internal.Backend.ReferenceReader;
import io.flotilla.storage.internal.BlobKey;
import io.flotilla.storage.internal.Draft;
import io.flotilla.storage.internal.Input;
import io.flotilla.storage.internal.Reference;
import io.flotilla.storage.internal.shared.SharedFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This node's own disk. */
record LocalHolder(NodeDirectory directory, SharedFolder folder) implements Holder {
    private static final Logger log = LoggerFactory.getLogger(LocalHolder.class);
    private static final int BUFFER = 256 * 1024;

    @Override
    public String id() {
        return directory.id();
    }

    @Override
    public boolean has(BlobKey blob) throws IOException {
        try (Input there = folder.open(blob)) {
            return there.size() >= 0;
        } catch (NoSuchFileException absent) {
            return false;
        }
    }

    @Override
    public Input open(BlobKey blob) throws IOException {
        return folder.open(blob);
    }

    @Override
    public void receive(BlobKey blob, Input bytes) throws IOException {
        try (Receiving receiving = new Receiving(folder.draft())) {
            ByteBuffer buffer = ByteBuffer.allocate((int) Math.max(1, Math.min(BUFFER, bytes.size())));
            long position = 0;
            for (int read = bytes.read(buffer, 0); read >= 0; read = bytes.read(buffer, position)) {
                position += read;
                receiving.write(buffer.flip());
                buffer.clear();
            }
            receiving.publish(blob);
        }
    }

    /** Copies that have come another way. */
    Draft draft() throws IOException {
        return folder.draft();
    }

    @Override
    public Reference append(Reference reference) throws IOException {
        return folder.append(reference);
    }

    @Override
    public void retract(Reference reference) throws IOException {
        try {
            folder.retract(reference);
        } catch (NoSuchFileException never) {
            log.debug("a reference that was taken back had not come to this node");
        }
    }

    @Override
    public void dropOlder(Reference reference) throws IOException {
        folder.dropOlder(reference);
    }

    @Override
    public void forEachReference(ReferenceReader reader) throws IOException {
        folder.forEachReference(reader);
    }

    @Override
    public Roster exchange(Roster roster) throws IOException {
        return directory.learn(roster);
    }
}
