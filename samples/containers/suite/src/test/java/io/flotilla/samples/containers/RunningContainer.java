package io.flotilla.samples.containers;

/** One server. */
public interface RunningContainer {

    /** Where it listens. */
    int port();

    /** Where it listens with TLS and the tests' {@link Certificate}. */
    int securePort();

    /** How many sessions the container itself made for its applications: there must never be any. */
    int ownSessions();

    void stop() throws Exception;
}
