package io.flotilla.storage.internal.index;

import io.flotilla.storage.internal.Backend;
import io.flotilla.storage.internal.BlobKey;
import io.flotilla.storage.internal.Draft;
import io.flotilla.storage.internal.Input;
import io.flotilla.storage.internal.Reference;
import java.io.IOException;

/** Nothing of it can be read. */
final class FailingBackend implements Backend {
    @Override
    public Draft draft() throws IOException {
        throw new IOException("failing");
    }

    @Override
    public Draft hold(BlobKey blob) throws IOException {
        throw new IOException("failing");
    }

    @Override
    public Input open(BlobKey blob) throws IOException {
        throw new IOException("failing");
    }

    @Override
    public Reference append(Reference reference) throws IOException {
        throw new IOException("failing");
    }

    @Override
    public void retract(Reference reference) throws IOException {
        throw new IOException("failing");
    }

    @Override
    public void forEachReference(ReferenceReader reader) throws IOException {
        throw new IOException("failing");
    }

    @Override
    public boolean isShared() {
        return true;
    }

    @Override
    public void sweep(Living living) throws IOException {
        throw new IOException("failing");
    }
}
