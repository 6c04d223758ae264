package io.flotilla.sessions.internal.web;

import io.flotilla.ClusterDataException;

/**
 * How big what is stored may be, in bytes after serialization.
 *
 * @param attribute the most of one attribute
 * @param session the most of all attributes of a session together
 */
public record SizeLimits(long attribute, long session) {
    private static final String ADVICE =
            "; keep big things elsewhere and their names in the session, or raise the setting";

    void checkAttribute(String name, int bytes) {
        if (bytes > attribute) {
            throw new ClusterDataException(
                    "session attribute '" + name + "' has " + bytes
                            + " bytes, more than sessions.maxAttributeSize allows (" + attribute + ")" + ADVICE,
                    null);
        }
    }

    void checkSession(long bytes) {
        if (bytes > session) {
            throw new ClusterDataException(
                    "a session has " + bytes + " bytes, more than sessions.maxSessionSize allows (" + session + ")"
                            + ADVICE,
                    null);
        }
    }
}
