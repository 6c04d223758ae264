package io.flotilla.sessions;

import io.flotilla.ClusterDataException;
import io.flotilla.codec.UnreadableReason;
import java.util.Optional;

/**
 * An attribute that is stored but cannot be read on this node. Its bytes stay as they are until the application sets or
 * removes the attribute, so that nodes which can read it, or this one after a rollback, still do.
 *
 * @since 0.1
 */
public interface UnreadableAttribute {

    /**
     * Returns the attribute's name.
     *
     * @return the name
     */
    String name();

    /**
     * Returns the name of the class to blame.
     *
     * @return the class's name, or empty if it is not known
     */
    Optional<String> className();

    /**
     * Returns why it cannot be read.
     *
     * @return the reason
     */
    UnreadableReason reason();

    /**
     * Returns the same as an exception that says it all, for a policy that wants to throw.
     *
     * @return the exception
     */
    ClusterDataException failure();
}
