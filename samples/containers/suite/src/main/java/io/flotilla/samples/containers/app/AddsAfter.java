package io.flotilla.samples.containers.app;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;

/** Adds a session listener by code, after the sessions are clustered. */
public final class AddsAfter implements ServletContextListener {

    /** Made by the container. */
    public AddsAfter() {}

    @Override
    public void contextInitialized(ServletContextEvent event) {
        event.getServletContext().addListener(new AddedRecorder("after"));
    }
}
