package io.flotilla.sessions.internal.wire;

/** A user of one web application: users of the same name in two applications are two. */
public final class Principal {
    private static final char BETWEEN = '\0'; // in no context path

    private Principal() {}

    /** The one name by which the cluster knows a user of an application. */
    public static String of(String application, String name) {
        return application + BETWEEN + name;
    }
}
