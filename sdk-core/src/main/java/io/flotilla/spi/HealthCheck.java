package io.flotilla.spi;

/**
 * A question about this member's health. Checks run in the background with a deadline; probes read their last result.
 *
 * @since 0.1
 */
public interface HealthCheck {

    /**
     * Returns the check's name.
     *
     * @return lower-case words joined by {@code -}, unique in the cluster
     */
    String name();

    /**
     * Runs the check. Called from a pool of its own, never twice at the same time; may block, but a run longer than the
     * health module's deadline counts as {@link Status#DOWN}, and so does an exception.
     *
     * @return the result
     * @throws Exception whatever went wrong; its text is shown to administrators only
     */
    Result check() throws Exception;

    /**
     * What a check found.
     *
     * @param status the status
     * @param detail one line for an administrator; empty if there is nothing to say. No secrets, session ids or values.
     */
    record Result(Status status, String detail) {
        /** All is well. */
        public static final Result UP = new Result(Status.UP, "");
    }

    /** How a member, or one part of it, is doing; ordered from good to bad. */
    enum Status {
        /** Works. */
        UP,
        /** Works, but worse than it should; does not fail readiness. */
        DEGRADED,
        /** Does not work; fails readiness. */
        DOWN
    }
}
