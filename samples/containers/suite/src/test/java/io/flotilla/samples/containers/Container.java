package io.flotilla.samples.containers;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A servlet container that can be embedded. */
public interface Container {

    /**
     * Starts a server on a free port of the loopback interface; its applications may call each other.
     *
     * @param webapp the application, as an exploded directory
     * @param contextPaths where it lives, empty for the root; in several places it is as many applications
     * @param attributes of its contexts, there before they start
     */
    RunningContainer start(Path webapp, List<String> contextPaths, Map<String, Object> attributes) throws Exception;

    /** Whether it looks for annotations on the application's classes. */
    default boolean scansAnnotations() {
        return true;
    }

    /** Whether an application that wants its sessions by TLS does not start; if it does, its requests fail. */
    default boolean startsNoTlsSessions() {
        return true;
    }

    /** Whether it tells filters that an application wants its sessions by TLS. */
    default boolean knowsTlsSessions() {
        return true;
    }

    /** Whether it has the Servlet API 6.1, not just 6.0. */
    default boolean isServlet61() {
        return true;
    }
}
