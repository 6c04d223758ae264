package io.flotilla.sessions.internal.web;

import jakarta.servlet.http.HttpServletResponse;

/**
 * Follows a response's body so that the session is committed before the container's buffer overflows, a write is too large
 * for it, or the announced length is reached: all of these send the response. Errs on the early side, and asks again at each write until the response is
 * sent, since the session may change in between.
 */
final class BodyGauge {
    /** From here on a container may send a write at once instead of keeping it; Jetty does from a quarter of its buffer. */
    private static final int MAY_NOT_BE_KEPT = 1024;

    private final HttpServletResponse response;
    private final Runnable commit;
    private long written;
    private long announced = -1;
    private boolean sent;

    BodyGauge(HttpServletResponse response, Runnable commit) {
        this.response = response;
        this.commit = commit;
    }

    /** The application announces the body's length. */
    void announce(long length) {
        announced = length;
        about(0);
    }

    /** So many bytes, at most, are about to be written. */
    void about(long bytes) {
        written += bytes;
        if (!sent && (bytes >= MAY_NOT_BE_KEPT || fillsBuffer() || (announced >= 0 && written >= announced))) {
            sent = response.isCommitted();
            if (!sent) {
                commit.run();
            }
        }
    }

    /** Whether the buffer should have overflowed before, and the container has kept it. */
    boolean isOverdue() {
        return !sent && fillsBuffer() && !response.isCommitted();
    }

    private boolean fillsBuffer() {
        return written >= response.getBufferSize();
    }

    /** The response is about to be sent for another reason: a flush, a close, an error, a redirect. */
    void sending() {
        commit.run();
    }
}
