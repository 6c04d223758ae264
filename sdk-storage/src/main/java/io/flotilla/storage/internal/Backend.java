package io.flotilla.storage.internal;

import java.io.IOException;

/**
 * Where bytes and references lie durably. Nothing in it can be changed once it is there, only added and removed. What a
 * method has added when it returns survives the loss of every process and of power. Thread-safe.
 */
public interface Backend {

    /** A place for bytes that are not published yet. */
    Draft draft() throws IOException;

    /**
     * A draft with the bytes of a blob, which keeps them although the last reference to the blob should go meanwhile.
     *
     * @throws java.nio.file.NoSuchFileException if there is no such blob
     */
    Draft hold(BlobKey blob) throws IOException;

    /**
     * Opens a blob.
     *
     * @throws java.nio.file.NoSuchFileException if there is no such blob
     */
    Input open(BlobKey blob) throws IOException;

    /**
     * Adds a reference, unless its base has a follower already.
     *
     * @return the follower of the base: the given one, or another
     * @throws UncertainException if it may have been added or not
     */
    Reference append(Reference reference) throws IOException;

    /** Takes back a reference of which the index has shown that it came too late. */
    void retract(Reference reference) throws IOException;

    /** Calls the reader with the latest reference of every name there is, deleted ones too. */
    void forEachReference(ReferenceReader reader) throws IOException;

    /** Whether all nodes have the same one, so that one of them sweeps for all; otherwise each sweeps what it has. */
    boolean isShared();

    /** Removes what nobody needs any more. */
    void sweep(Living living) throws IOException;

    /** Takes references one at a time. */
    interface ReferenceReader {
        void read(Reference latest) throws IOException;
    }

    /** What the sweep must not touch, as the cluster sees it. */
    interface Living {

        /**
         * The blobs that references of the index name.
         *
         * @return their {@link BlobKey#hash() hashes}
         */
        LongSet blobs();

        /**
         * Makes sure that the index knows a reference that was found on disk: its writer may have died before it said so.
         */
        void found(Reference latest);

        /**
         * Forgets a name that was deleted long ago.
         *
         * @return whether it may be removed from disk too
         */
        boolean forget(Reference deleted);

        /** Milliseconds since the epoch. */
        long now();
    }
}
