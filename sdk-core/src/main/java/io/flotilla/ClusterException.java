package io.flotilla;

import org.jspecify.annotations.Nullable;

/**
 * Root of the exceptions that a cluster may throw; unchecked. Its three kinds are the whole tree: a cluster could not be
 * started, could not answer just now, or holds data that cannot be read.
 *
 * @since 0.1
 */
public abstract sealed class ClusterException extends RuntimeException
        permits ClusterStartException, ClusterUnavailableException, ClusterDataException {
    ClusterException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
