package io.flotilla.sessions.internal.web;

import io.flotilla.sessions.internal.wire.Principal;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which attribute of a session says whose it is.
 *
 * @param application the application whose sessions these are
 * @param attribute the attribute's name, or null if none does
 * @param name the name of the principal in its value, or null for nobody
 */
public record PrincipalRule(String application, @Nullable String attribute, Function<Object, @Nullable String> name) {
    /** Sessions are nobody's. */
    public static final PrincipalRule NONE = new PrincipalRule("", null, value -> null);

    /** An attribute says so in every application. */
    public static PrincipalRule of(String attribute, Function<Object, @Nullable String> name) {
        return new PrincipalRule("", attribute, name);
    }

    /** The same in one application: users of the same name in two applications are two. */
    PrincipalRule in(String context) {
        return new PrincipalRule(context, attribute, name);
    }

    /** Whose session it is when this attribute has that value; null if the attribute does not say, or says nobody. */
    @Nullable
    String of(String which, Object value) {
        String principal = which.equals(attribute) ? name.apply(value) : null;
        return principal == null ? null : Principal.of(application, principal);
    }

    /** Whether any attribute says so. */
    public boolean isThere() {
        return attribute != null;
    }

    @Override
    public String toString() {
        return attribute == null ? "none" : "attribute '" + attribute + "'";
    }
}
