package io.flotilla.codec;

/**
 * Why a stored value cannot be read on this node.
 *
 * @since 0.1
 */
public enum UnreadableReason {
    /** A class is not in this application. */
    MISSING_CLASS,
    /** A class has changed so that it no longer fits. */
    CHANGED_CLASS,
    /** A class, or the value's shape, is refused by the setting {@code allowClasses} or the JVM's own filter. */
    REFUSED,
    /** The bytes make no value: they are damaged, or the class's own code fails on them. */
    CORRUPT,
    /** It was written by a codec that this node does not have. */
    UNKNOWN_FORMAT
}
