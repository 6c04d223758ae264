package io.flotilla.spi.codec;

import io.flotilla.codec.UnreadableReason;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Bytes make no value here. The message goes on after "cannot be read: "; it never holds the value. For modules, which
 * decide what becomes of it.
 *
 * @since 0.1
 */
public final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1L;

    private final UnreadableReason reason;
    private final @Nullable String className;

    UnreadableException(UnreadableReason reason, @Nullable String className, String why, @Nullable Throwable cause) {
        super(why, cause);
        this.reason = reason;
        this.className = className;
    }

    /**
     * Returns why they make none.
     *
     * @return the reason
     */
    public UnreadableReason reason() {
        return reason;
    }

    /**
     * Returns the name of the class to blame.
     *
     * @return the class's name, or empty if it is not known
     */
    public Optional<String> className() {
        return Optional.ofNullable(className);
    }
}
