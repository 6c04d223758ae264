package io.flotilla.cache;

/**
 * Where a value came from.
 *
 * @since 0.1
 */
public enum Tier {
    /** This member's own memory. */
    L1,
    /** The memory of the cluster: the owner of the key was asked. */
    L2,
    /** The origin: it was loaded for this call, or for another one that this call has joined. */
    LOADER
}
