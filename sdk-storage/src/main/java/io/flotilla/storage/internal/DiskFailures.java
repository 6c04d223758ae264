package io.flotilla.storage.internal;

import io.flotilla.storage.StorageException;
import io.flotilla.storage.StorageException.Reason;
import io.flotilla.storage.internal.shared.Troubles;
import java.io.IOException;

/** Says in the words of the API what a file system complains of, and what to do about it. */
final class DiskFailures {
    private DiskFailures() {}

    static StorageException of(IOException failure) {
        if (failure instanceof UncertainException) {
            return new StorageException(
                    Reason.UNCERTAIN,
                    "the storage's file system failed while a name was written: the change may have been made or not,"
                            + " repeat it",
                    failure);
        }
        if (Troubles.isFull(failure)) {
            return new StorageException(
                    Reason.NO_SPACE,
                    "the storage's file system has no room left, or its quota is used up; make room, nothing was stored",
                    failure);
        }
        String what = Troubles.isStale(failure)
                ? "the storage's folder is not what this node has mounted: its export was moved or made anew,"
                        + " mount it again"
                : "the storage's file system failed; look at its mount and its server";
        return new StorageException(Reason.UNAVAILABLE, what + ", nothing has changed", failure);
    }
}
