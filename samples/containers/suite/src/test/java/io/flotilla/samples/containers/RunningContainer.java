package io.flotilla.samples.containers;

/** One server with one application. */
public interface RunningContainer {

    /** Where it listens. */
    int port();

    /** How many sessions the container itself made for the application: there must never be any. */
    int ownSessions();

    void stop() throws Exception;
}
