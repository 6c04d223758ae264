package io.flotilla.storage;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * Why an object could not be stored or read; unchecked. {@link #reason()} says whether the caller, the operator or time can
 * mend it. Unless {@link Reason#UNCERTAIN} says otherwise nothing has changed.
 *
 * @since 0.1
 */
public final class StorageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What stood in the way. */
    public enum Reason {
        /** A condition of the caller's did not hold: the object is there, or not there, or has another generation. */
        CONDITION_FAILED,
        /** The object to be copied or moved is not there. */
        NOT_FOUND,
        /** The object is larger than its namespace allows. */
        TOO_LARGE,
        /** The namespace holds as many objects or bytes as it may. */
        QUOTA_EXCEEDED,
        /** The file system has no room left, or its quota is used up. An operator has to make room. */
        NO_SPACE,
        /** The file system could not be reached or failed. Nothing has changed; trying again later may help. */
        UNAVAILABLE,
        /** The change may have been made or not, since the file system failed in the middle of it. Repeat it. */
        UNCERTAIN,
        /** The object's bytes are gone from the file system although nobody deleted it. Restore them from a backup. */
        LOST
    }

    private final Reason reason;

    /**
     * Creates the exception.
     *
     * @param reason what stood in the way
     * @param message what failed and what to do about it; holds no name of an object
     * @param cause what went wrong below, or null
     */
    public StorageException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = requireNonNull(reason, "reason");
    }

    /**
     * Returns what stood in the way.
     *
     * @return the reason
     */
    public Reason reason() {
        return reason;
    }
}
