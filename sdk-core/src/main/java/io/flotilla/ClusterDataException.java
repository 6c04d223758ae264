package io.flotilla;

import org.jspecify.annotations.Nullable;

/**
 * Stored bytes cannot be read, or a value cannot be stored: a class has changed, is missing, or is not serializable. Trying
 * again does not help.
 *
 * @since 0.1
 */
public final class ClusterDataException extends ClusterException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what failed and what to do about it; never holds a session id, a key or a value
     * @param cause what went wrong below, or null
     */
    public ClusterDataException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
