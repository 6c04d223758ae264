package io.flotilla.benchmarks.node;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.util.Map;

/** One way to keep sessions: what is put in front of the servlets, and all there is to a system under test. */
public interface SessionSystem {

    /** Joins the others, or the store, before HTTP is answered. */
    void start(ServerOptions options);

    /** Puts itself in front of the servlets. */
    void register(ServletContext context) throws ServletException;

    /** How often it has called its store since the start, by kind of call; empty if it does not count. */
    default Map<String, Long> operations() {
        return Map.of();
    }
}
