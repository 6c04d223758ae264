package io.flotilla.internal;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Checks of settings; one message pattern for all: {@code <module>.<setting> must <rule>, was <value>}. */
public final class Check {
    private Check() {}

    /** Throws an {@link IllegalArgumentException} with the formatted message unless the condition holds. */
    public static void that(boolean condition, String message, @Nullable Object... args) {
        if (!condition) {
            throw new IllegalArgumentException(String.format(message, args));
        }
    }

    /** Checks that a duration lies between two bounds, both included. */
    public static void between(String setting, Duration value, Duration least, Duration most) {
        that(
                value.compareTo(least) >= 0 && value.compareTo(most) <= 0,
                "%s must be between %s and %s, was %s",
                setting,
                least,
                most,
                value);
    }

    /** Returns the value of a builder's field that is still unset, or throws: setting something twice is a mistake. */
    public static <T> T once(@Nullable T present, T value, String setting) {
        if (present != null) {
            throw new IllegalStateException(setting + " is set twice: first to " + present + ", then to " + value);
        }
        return value;
    }
}
