package io.flotilla.samples.containers;

import java.nio.file.Path;
import java.util.Map;

/** A servlet container that can be embedded. */
public interface Container {

    /**
     * Starts a server on a free port of the loopback interface.
     *
     * @param webapp the application, as an exploded directory
     * @param contextPath where it lives; empty for the root
     * @param attributes of its context, there before it starts
     */
    RunningContainer start(Path webapp, String contextPath, Map<String, Object> attributes) throws Exception;

    /** Whether it looks for annotations on the application's classes. */
    default boolean scansAnnotations() {
        return true;
    }

    /** Whether it has the Servlet API 6.1, not just 6.0. */
    default boolean isServlet61() {
        return true;
    }
}
