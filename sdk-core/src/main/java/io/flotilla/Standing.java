package io.flotilla;

/**
 * Whether a member may serve now. A member that is not {@link #OPEN} fails its readiness check and refuses calls to the
 * cluster's data at once with {@link ClusterUnavailableException}; it opens again by itself.
 *
 * @since 0.1
 */
public enum Standing {
    /** The member serves. */
    OPEN,
    /**
     * The member has started and is not ready yet: fewer than {@link ClusterBuilder#initialMembers} have come, or no
     * other member has confirmed yet that this one belongs.
     */
    FORMING,
    /**
     * This JVM stood still for more than four seconds (a long collection, a suspended host, a debugger), and no other
     * member has confirmed yet that it still belongs.
     */
    STALLED,
    /**
     * Too many members have fallen silent: they may be alive on the other side of a cut and go on without this one. Ends
     * when enough of them are heard again, never by time alone.
     */
    CUT_OFF,
    /** A split heals, and this member joins the other side. */
    MERGING
}
