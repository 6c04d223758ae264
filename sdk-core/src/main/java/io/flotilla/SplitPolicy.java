package io.flotilla;

/**
 * What a member does when others fall silent: removed since no heartbeats came, because they are frozen, without power, or
 * behind a cut of the network. A member whose process has ended is not silent: its connections close, nothing answers at
 * its address, and it no longer counts.
 *
 * @since 0.1
 */
public enum SplitPolicy {
    /**
     * The side with more than half of the members goes on; of two halves the one with the oldest member. Everybody else
     * is {@link Standing#CUT_OFF}. So the two sides of a cut never both serve, and a cluster that is cut into three may
     * have no side that serves.
     *
     * <p>With two nodes: if the <em>older</em> one falls silent (frozen, power cut, network cut) the younger one stops
     * answering until it hears from it again; if the older one's process is killed the younger goes on. The younger one
     * may fall silent as it likes, the older goes on.
     */
    KEEP_MAJORITY,
    /**
     * Every side goes on by itself. For those who would rather serve old or diverging data than none: what the smaller
     * side stores during the cut may be lost when the sides meet again.
     */
    KEEP_SERVING
}
