package io.flotilla.sessions.internal.codec;

import io.flotilla.sessions.UnreadableAttribute.Reason;
import org.jspecify.annotations.Nullable;

/** Bytes make no value here. The message goes on after "cannot be read: ". */
final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final @Nullable String className;

    UnreadableException(Reason reason, @Nullable String className, String why, @Nullable Throwable cause) {
        super(why, cause);
        this.reason = reason;
        this.className = className;
    }

    Reason reason() {
        return reason;
    }

    @Nullable
    String className() {
        return className;
    }
}
