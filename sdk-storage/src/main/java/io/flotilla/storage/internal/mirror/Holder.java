package io.flotilla.storage.internal.mirror;

import io.flotilla.storage.internal.Backend.ReferenceReader;
import io.flotilla.storage.internal.BlobKey;
import io.flotilla.storage.internal.Input;
import io.flotilla.storage.internal.Reference;
import java.io.IOException;

/**
 * A node that keeps copies: this one, or another that is there now. Every method may block for as long as a call between
 * members may take, and fails with an IOException when the node does not answer. Thread-safe.
 */
interface Holder {

    /** The {@link MirrorNode#id}. */
    String id();

    boolean has(BlobKey blob) throws IOException;

    /** Opens a blob; {@link java.nio.file.NoSuchFileException} if it is not here. */
    Input open(BlobKey blob) throws IOException;

    /** Takes a copy, durable and compared with its digest when this returns. */
    void receive(BlobKey blob, Input bytes) throws IOException;

    /** Adds a reference unless its base has a follower here. Returns the follower. */
    Reference append(Reference reference) throws IOException;

    void retract(Reference reference) throws IOException;

    /** Removes all references of the same name that are older. */
    void dropOlder(Reference reference) throws IOException;

    /** The latest reference of every name that it holds. */
    void forEachReference(ReferenceReader reader) throws IOException;

    /** Tells it what is known here, and returns what it knows then. */
    Roster exchange(Roster roster) throws IOException;
}
