package io.flotilla.sessions.internal.store;

import org.jspecify.annotations.Nullable;

/**
 * What a commit does to whose the session is.
 *
 * @param from whose it was, if that ends
 * @param to whose it becomes, if it is somebody's from now on
 */
public record PrincipalMove(@Nullable String from, @Nullable String to) {
    /** It stays whose it is. */
    public static final PrincipalMove NONE = new PrincipalMove(null, null);

    /** Of one value of the attribute that says whose it is to the next. */
    public static PrincipalMove of(@Nullable String before, @Nullable String after) {
        boolean same = before == null ? after == null : before.equals(after);
        return same ? NONE : new PrincipalMove(before, after);
    }
}
