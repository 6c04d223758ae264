package io.flotilla;

import org.jspecify.annotations.Nullable;

/**
 * The cluster could not be started: the port is taken, the join was refused, a module failed. Nothing is left running.
 *
 * @since 0.1
 */
public final class ClusterStartException extends ClusterException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what failed and what to do about it; never holds a session id, a key or a value
     * @param cause what went wrong below, or null
     */
    public ClusterStartException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
