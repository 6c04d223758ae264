package io.flotilla.cache;

/**
 * What a cache promises about changes: {@code put}, {@code invalidate} and what they have in common with. The whole
 * protocol, with what is <em>not</em> promised, is in {@code docs/cache-coherence.md}.
 *
 * @since 0.1
 */
public enum CacheMode {
    /**
     * The default. A change returns when the owner of the key and its backups have it. The member that made it sees it at
     * once, the others typically within milliseconds, and in the worst case, whatever is lost, 3 s later.
     */
    EVENTUAL,
    /**
     * A change returns when besides no member can answer what was there before. That costs a round of messages, typically a
     * few milliseconds; a member that is silent, or a change of owner, holds it up for at most 3 s.
     */
    SYNC_INVALIDATE,
    /** Nothing is kept near: every read asks the owner, and sees every change that has returned. */
    L2_ONLY,
    /** Nothing leaves the member: each has values of its own, and changes of others are not seen. */
    LOCAL
}
