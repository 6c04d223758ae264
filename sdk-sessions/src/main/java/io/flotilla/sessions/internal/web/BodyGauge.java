package io.flotilla.sessions.internal.web;

import jakarta.servlet.http.HttpServletResponse;

/**
 * Follows a response's body so that the session is committed before the container's buffer overflows or the announced
 * length is reached: both send the response. Errs on the early side, which costs a second commit at worst.
 */
final class BodyGauge {
    private final HttpServletResponse response;
    private final Runnable commit;
    private long written;
    private long announced = -1;
    private boolean done;

    BodyGauge(HttpServletResponse response, Runnable commit) {
        this.response = response;
        this.commit = commit;
    }

    /** The application announces the body's length. */
    void announce(long length) {
        announced = length;
        if (length >= 0 && written >= length) {
            sending();
        }
    }

    /** So many bytes, at most, are about to be written. */
    void about(long bytes) {
        written += bytes;
        if (!done && (written >= response.getBufferSize() || (announced >= 0 && written >= announced))) {
            sending();
        }
    }

    /** The response is about to be sent for another reason: a flush, a close, an error, a redirect. */
    void sending() {
        commit.run();
        done = true;
    }

    /** The application took the body back. */
    void reset() {
        written = 0;
        done = false;
    }

    void resetAll() {
        announced = -1;
        reset();
    }
}
