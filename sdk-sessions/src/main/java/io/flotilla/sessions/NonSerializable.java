package io.flotilla.sessions;

/**
 * What {@code setAttribute} does with a value whose class does not implement {@link java.io.Serializable}.
 *
 * @since 0.1
 */
public enum NonSerializable {
    /** Throws {@link IllegalArgumentException}, as distributable web applications have to expect (Servlet 6.0, 7.7.2). */
    REFUSE,
    /**
     * Keeps the value on this node, for as long as requests of the session come here, and logs a warning. Other nodes see
     * no such attribute. For applications on their way to several nodes.
     */
    KEEP_ON_NODE
}
