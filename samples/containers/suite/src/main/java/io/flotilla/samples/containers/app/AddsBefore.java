package io.flotilla.samples.containers.app;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;

/** Adds a session listener by code, before the sessions are clustered. */
public final class AddsBefore implements ServletContextListener {

    /** Made by the container. */
    public AddsBefore() {}

    @Override
    public void contextInitialized(ServletContextEvent event) {
        event.getServletContext().addListener(new AddedRecorder("before"));
    }
}
