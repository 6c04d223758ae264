package io.flotilla.sessions.internal.web;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which attribute of a session says whose it is.
 *
 * @param attribute the attribute's name, or null if none does
 * @param principal the name of the principal in its value, or null for nobody
 */
public record PrincipalRule(@Nullable String attribute, Function<Object, @Nullable String> principal) {
    /** Sessions are nobody's. */
    public static final PrincipalRule NONE = new PrincipalRule(null, value -> null);

    /** Whose session it is when this attribute has that value; null if the attribute does not say, or says nobody. */
    @Nullable
    String of(String name, Object value) {
        return name.equals(attribute) ? principal.apply(value) : null;
    }

    @Override
    public String toString() {
        return attribute == null ? "none" : "attribute '" + attribute + "'";
    }
}
