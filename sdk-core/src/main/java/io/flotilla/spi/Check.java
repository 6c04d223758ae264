package io.flotilla.spi;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Checks of settings; one message pattern for all modules: {@code <module>.<setting> must <rule>, was <value>}.
 *
 * @since 0.1
 */
public final class Check {
    private Check() {}

    /**
     * Throws unless the condition holds.
     *
     * @param condition what must hold
     * @param message the message, a format
     * @param args the format's arguments
     * @throws IllegalArgumentException with the formatted message if the condition does not hold
     */
    public static void that(boolean condition, String message, @Nullable Object... args) {
        if (!condition) {
            throw new IllegalArgumentException(String.format(message, args));
        }
    }

    /**
     * Throws unless a duration lies between two bounds.
     *
     * @param setting the setting's name, {@code <module>.<setting>}
     * @param value its value
     * @param least the least value allowed
     * @param most the greatest value allowed
     * @throws IllegalArgumentException if the value is out of range
     */
    public static void between(String setting, Duration value, Duration least, Duration most) {
        that(
                value.compareTo(least) >= 0 && value.compareTo(most) <= 0,
                "%s must be between %s and %s, was %s",
                setting,
                least,
                most,
                value);
    }

    /**
     * Returns the new value of a builder's field, which must be unset: setting something twice is a mistake.
     *
     * @param present the field's value
     * @param value its new value
     * @param setting the setting's name, {@code <module>.<setting>}
     * @param <T> the setting's type
     * @return the new value
     * @throws IllegalStateException if the field is set
     */
    public static <T> T once(@Nullable T present, T value, String setting) {
        if (present != null) {
            throw new IllegalStateException(setting + " is set twice: first to " + present + ", then to " + value);
        }
        return value;
    }
}
