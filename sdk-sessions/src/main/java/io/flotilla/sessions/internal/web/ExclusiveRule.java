package io.flotilla.sessions.internal.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.function.Predicate;

/**
 * Which requests are exclusive.
 *
 * @param text which, for the log
 * @param requests whether one is
 */
public record ExclusiveRule(String text, Predicate<HttpServletRequest> requests) {
    /** None. */
    public static final ExclusiveRule NONE = new ExclusiveRule("none", request -> false);
    /** All. */
    public static final ExclusiveRule ALL = new ExclusiveRule("all requests", request -> true);

    /** Those that the application names. */
    public static ExclusiveRule of(Predicate<HttpServletRequest> requests) {
        return new ExclusiveRule("some requests", requests);
    }

    /** Whether there may be any. */
    public boolean isThere() {
        return !equals(NONE);
    }

    @Override
    public String toString() {
        return text;
    }
}
