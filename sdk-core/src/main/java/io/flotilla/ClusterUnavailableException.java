package io.flotilla;

import org.jspecify.annotations.Nullable;

/**
 * The cluster could not answer in time, or not now: a member or partition is gone, the deadline has passed, this member is
 * leaving. The operation may or may not have taken effect; the same operation may be tried again later.
 *
 * @since 0.1
 */
public final class ClusterUnavailableException extends ClusterException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what failed and what to do about it; never holds a session id, a key or a value
     * @param cause what went wrong below, or null
     */
    public ClusterUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
