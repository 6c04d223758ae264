package io.flotilla.spi.codec;

import org.jspecify.annotations.Nullable;

/**
 * A value cannot be stored. The message names the class to blame and says what to do about it, and goes on after "cannot be
 * stored: "; it never holds the value. For modules, which tell the application what they wanted to store.
 *
 * @since 0.1
 */
public final class UnstorableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnstorableException(String why, @Nullable Throwable cause) {
        super(why, cause);
    }
}
