package io.flotilla.benchmarks.node;

import jakarta.servlet.ServletContext;

/** The container's own sessions: known to one server only, so requests must stay with it. The upper bound. */
public final class ContainerServer implements SessionSystem {

    /** Runs a server until its standard input ends. */
    public static void main(String[] arguments) throws Exception {
        Server.main(new ContainerServer(), arguments);
    }

    @Override
    public void start(ServerOptions options) {
        // Nobody to join.
    }

    @Override
    public void register(ServletContext context) {
        // The container brings its own sessions.
    }
}
