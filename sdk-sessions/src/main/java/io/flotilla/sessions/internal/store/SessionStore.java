package io.flotilla.sessions.internal.store;

import io.flotilla.sessions.internal.wire.Commit;
import io.flotilla.sessions.internal.wire.CommitReply;
import io.flotilla.sessions.internal.wire.OpenReply;
import io.flotilla.sessions.internal.wire.Version;

/**
 * The owner of a session's record, near or far: four verbs. Thread-safe. Each but {@link #touch} blocks until the owner has
 * answered and throws {@link io.flotilla.ClusterUnavailableException} if it does not in time.
 */
public interface SessionStore {

    /** Finds a session, notes the access, and returns what differs from the version that the caller has. */
    OpenReply open(String key, byte[] secretHash, Version have);

    /** Applies what a request changed, as a whole or not at all; may be sent again under the same sequence. */
    CommitReply commit(String key, Commit commit);

    /**
     * Ends a session; true if it was alive.
     *
     * @param operation the caller's random number for this end, by which it is known if it is sent again
     */
    boolean invalidate(String key, long operation);

    /** Notes an access, some time soon; never blocks, never fails. */
    void touch(String key, byte[] secretHash);
}
