package io.flotilla.sessions.internal.store;

import io.flotilla.sessions.internal.wire.Commit;
import io.flotilla.sessions.internal.wire.CommitReply;
import io.flotilla.sessions.internal.wire.OpenReply;
import io.flotilla.sessions.internal.wire.SecretHash;
import io.flotilla.sessions.internal.wire.Version;
import java.util.concurrent.CompletionStage;

/**
 * The owner of a session's record, near or far. Thread-safe. Each verb blocks until the owner has answered and throws
 * {@link io.flotilla.ClusterUnavailableException} if it does not in time; those that wait for nothing say so.
 */
public interface SessionStore {

    /** Finds a session, notes the access, and returns what differs from the version that the caller has. */
    OpenReply open(String key, SecretHash secretHash, Version have);

    /**
     * The same for a request that has to be the session's only exclusive one: it is its turn if it finds the session.
     *
     * @param token the request's random number; whoever claims again under the same one gets the same turn
     * @param last whether the request does not ask again if it is told {@code BUSY}
     * @return {@link OpenReply.Status#BUSY} if it is the turn of another request
     */
    OpenReply openInTurn(String key, SecretHash secretHash, Version have, long token, boolean last);

    /**
     * Keeps a turn for another while, without blocking; false if it is lost.
     *
     * @throws io.flotilla.ClusterUnavailableException if this member may not serve now
     */
    CompletionStage<Boolean> keepTurn(String key, long token, long number);

    /** Gives a turn back, likewise. */
    CompletionStage<Boolean> giveTurnBack(String key, long token);

    /** Applies what a request changed, as a whole or not at all; may be sent again under the same sequence. */
    CommitReply commit(String key, Commit commit);

    /**
     * Ends a session; true if it was alive.
     *
     * @param operation the caller's random number for this end, by which it is known if it is sent again
     */
    boolean invalidate(String key, long operation);

    /**
     * Ends a session of which nobody has learnt, some time soon, if it is there at all; never blocks, never fails.
     *
     * @param operation as for {@link #invalidate}
     */
    void abandon(String key, long operation);

    /** Notes an access, some time soon; never blocks, never fails. */
    void touch(String key, SecretHash secretHash);
}
