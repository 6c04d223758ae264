package io.flotilla.sessions.internal.web;

import io.flotilla.sessions.AttributeMerger;
import io.flotilla.sessions.NonSerializable;
import io.flotilla.spi.Seldom;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What may be stored, and how.
 *
 * @param nonSerializable what becomes of values that are not serializable
 * @param merger decides between values written at the same moment; null if the later one wins
 * @param limits of size
 * @param warnings how often the log may tell of values that stay on this node
 */
record WritePolicy(
        NonSerializable nonSerializable, @Nullable AttributeMerger merger, SizeLimits limits, Seldom warnings) {
    private static final Logger log = LoggerFactory.getLogger(WritePolicy.class);

    /**
     * Whether a value can be stored, as against kept on this node.
     *
     * @throws IllegalArgumentException if it may be neither
     */
    boolean canBeStored(String name, Object value) {
        if (value instanceof Serializable) {
            return true;
        }
        String type = value.getClass().getName();
        if (nonSerializable == NonSerializable.REFUSE) {
            throw new IllegalArgumentException("session attribute '" + name + "' must be serializable, was of " + type);
        }
        warnings.now()
                .ifPresent(leftOut -> log.warn(
                        "session attribute '{}' of {} is not serializable and stays on this node: other nodes see no such"
                                + " attribute; {} more since the last such line",
                        name,
                        type,
                        leftOut));
        return false;
    }
}
