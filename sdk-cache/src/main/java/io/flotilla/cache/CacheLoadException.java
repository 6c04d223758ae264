package io.flotilla.cache;

import org.jspecify.annotations.Nullable;

/**
 * A value could not be loaded, and no stale one may do. The cause is what the loader has thrown; there is none if it took too
 * long.
 *
 * @since 0.1
 */
public final class CacheLoadException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message which cache, and what happened
     * @param cause what the loader has thrown; null if it did not
     */
    public CacheLoadException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
