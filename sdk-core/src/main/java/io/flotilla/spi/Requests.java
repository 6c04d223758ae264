package io.flotilla.spi;

import java.time.Duration;

/**
 * Counts the HTTP requests in flight on this member, so that a drain can wait for them. Filters call {@link #entered} and
 * {@link #left} in pairs, the latter when the response, asynchronous ones too, is complete. A request that passes two
 * counting filters counts twice, which harms nothing. Thread-safe, never blocks.
 *
 * @since 0.1
 */
public interface Requests {

    /**
     * Leaves the requests to a servlet out of the count: probes, which come for as long as this member is up, or it would
     * never be idle.
     *
     * @param servletPath the path that the servlet is mapped to, such as {@code /health} for {@code /health/*}
     */
    void ignore(String servletPath);

    /**
     * Whether a request is to be counted; filters ask before they call {@link #entered}.
     *
     * @param servletPath the request's servlet path
     * @return false for those that {@link #ignore} has named
     */
    boolean counts(String servletPath);

    /** A request has come in. */
    void entered();

    /** A request is complete. */
    void left();

    /**
     * Returns how many requests are in flight.
     *
     * @return the count, 0 or more
     */
    int inFlight();

    /**
     * Returns for how long no request has been in flight and none has arrived.
     *
     * @return zero while a request is in flight; else the time since the last one left, or since start
     */
    Duration idleFor();
}
