package io.flotilla.samples.containers.app;

import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionAttributeListener;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionIdListener;
import jakarta.servlet.http.HttpSessionListener;
import java.util.Collections;
import java.util.TreeSet;

/** Writes down all that a session listener can hear. */
abstract class Recorder implements HttpSessionListener, HttpSessionAttributeListener, HttpSessionIdListener {
    private final String name;

    Recorder(String name) {
        this.name = name;
    }

    private void heard(HttpSession session, String what) {
        Heard.add(session.getId(), name + " " + what);
    }

    @Override
    public void sessionCreated(HttpSessionEvent event) {
        heard(event.getSession(), "created new=" + event.getSession().isNew());
    }

    @Override
    public void sessionDestroyed(HttpSessionEvent event) {
        HttpSession session = event.getSession();
        heard(session, "destroyed with " + new TreeSet<>(Collections.list(session.getAttributeNames())));
    }

    @Override
    public void attributeAdded(HttpSessionBindingEvent event) {
        heard(event.getSession(), "added " + event.getName() + "=" + event.getValue());
    }

    @Override
    public void attributeReplaced(HttpSessionBindingEvent event) {
        Object now = event.getSession().getAttribute(event.getName());
        heard(event.getSession(), "replaced " + event.getName() + "=" + event.getValue() + " by " + now);
    }

    @Override
    public void attributeRemoved(HttpSessionBindingEvent event) {
        heard(event.getSession(), "removed " + event.getName() + "=" + event.getValue());
    }

    @Override
    public void sessionIdChanged(HttpSessionEvent event, String oldId) {
        heard(event.getSession(), "changed its id");
        Heard.add(oldId, name + " became " + event.getSession().getId());
    }
}
