package io.flotilla.sessions.internal.store;

import io.flotilla.sessions.internal.wire.EndReply;

/**
 * What follows the end of a session: it is counted, and taken off its principal's list.
 *
 * @param metrics where it is counted
 * @param principals the lists
 */
public record Aftermath(SessionsMetrics metrics, PrincipalIndex principals) {

    void of(String key, EndReply reply) {
        metrics.ended(reply);
        forget(key, reply);
    }

    /** For a session that its own request has ended: those are counted where they are asked for. */
    void forget(String key, EndReply reply) {
        String principal = reply.principal();
        if (principal != null && reply.isEnd()) {
            principals.ended(principal, key);
        }
    }
}
