package io.flotilla.sessions;

import io.flotilla.ClusterDataException;
import java.util.Optional;

/**
 * An attribute that is stored but cannot be read on this node. Its bytes stay as they are until the application sets or
 * removes the attribute, so that nodes which can read it, or this one after a rollback, still do.
 *
 * @since 0.1
 */
public interface UnreadableAttribute {

    /** Why an attribute cannot be read. */
    enum Reason {
        /** A class is not in this application. */
        MISSING_CLASS,
        /** A class has changed so that it no longer fits. */
        CHANGED_CLASS,
        /** A class, or the value's shape, is refused by {@link SessionsBuilder#allowClasses} or the JVM's own filter. */
        REFUSED,
        /** The bytes make no value: they are damaged, or the class's own code fails on them. */
        CORRUPT,
        /** It was written by a codec that this node does not have. */
        UNKNOWN_FORMAT
    }

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
    Reason reason();

    /**
     * Returns the same as an exception that says it all, for a policy that wants to throw.
     *
     * @return the exception
     */
    ClusterDataException failure();
}
