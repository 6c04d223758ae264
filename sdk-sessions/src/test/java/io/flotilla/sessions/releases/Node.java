package io.flotilla.sessions.releases;

import java.util.Map;

/** A server of some release, as the tests see it: the one type that all copies of Flotilla share. */
public interface Node extends AutoCloseable {

    /** Where its web application listens. */
    int port();

    /** How many members it sees. */
    int members();

    /** Whether each partition has its backup. */
    boolean safe();

    /** The class of the clock that its Hazelcast reads. */
    String clock();

    /** The notes of all sessions by key: what only the next release knows to ask for. */
    Map<String, String> notes(boolean careful);

    /** Ends its member as a crash does; the web server goes too. */
    void kill();

    /** Leaves in order. */
    @Override
    void close();
}
