package io.flotilla.spi;

/**
 * Whether this member may answer for the cluster, for modules that answer from their own memory: what {@link Calls} ask by
 * themselves. Thread-safe, never blocks.
 *
 * @since 0.1
 */
public interface Serving {
    /** No {@link #ticket}. */
    int REFUSED = -1;

    /**
     * Tells whether this member may serve, as far as it knows: it cannot know yet that it has just stood still.
     *
     * @return false if it is cut off, say
     */
    boolean isOpen();

    /**
     * Asks whether this member may serve, with all it can know.
     *
     * @return a ticket for {@link #isTrusted}, or {@link #REFUSED}
     */
    int ticket();

    /**
     * Tells whether what was found out meanwhile may be told: this JVM did not stand still since.
     *
     * @param ticket what {@link #ticket} has returned
     * @return false if it did
     */
    boolean isTrusted(int ticket);
}
