package io.flotilla.sessions.internal.store;

/** What a web application does when one of its sessions ends without a request: calls its listeners. Thread-safe. */
public interface EndListener {

    /**
     * Whether sessions are to be handed over, so that those of which nobody wants to hear can be removed in bulk.
     *
     * @param anyBound whether the session holds values that want to be told
     */
    boolean wants(boolean anyBound);

    /**
     * Tells of a session's end, once for each session and on one member only; again, with the same event id, if the member
     * crashed before it was through. Runs on a thread of its own pool and may take its time. What it throws is logged.
     */
    void ended(EndedSession session);
}
