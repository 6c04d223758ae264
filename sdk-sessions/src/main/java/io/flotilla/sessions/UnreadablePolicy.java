package io.flotilla.sessions;

import io.flotilla.sessions.internal.codec.Unreadables;

/**
 * What happens when the application asks for an attribute that cannot be read. If the policy returns, the attribute is
 * treated as if it was not there; what it throws, {@code getAttribute} throws. Called on the request's thread, each time
 * that the attribute is asked for; thread-safe.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface UnreadablePolicy {

    /**
     * Treats an unreadable attribute as if it was not there: the user may have to log in or fill a cart once more, but no
     * request fails. This is the default.
     *
     * @return the policy
     */
    static UnreadablePolicy leaveOut() {
        return Unreadables.LEAVE_OUT;
    }

    /**
     * Throws {@link io.flotilla.ClusterDataException} from {@code getAttribute}.
     *
     * @return the policy
     */
    static UnreadablePolicy fail() {
        return Unreadables.FAIL;
    }

    /**
     * An attribute that the application has asked for cannot be read. It is counted and logged already.
     *
     * @param attribute which, and why
     */
    void unreadable(UnreadableAttribute attribute);
}
