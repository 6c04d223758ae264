package io.flotilla.samples.webapp;

import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionBindingListener;
import java.io.Serializable;

/**
 * Who is logged in; hears of being put into a session and taken out of it.
 *
 * @param name the user's name
 */
record User(String name) implements HttpSessionBindingListener, Serializable {

    @Override
    public void valueBound(HttpSessionBindingEvent event) {
        SessionEventCounts.count(event.getSession(), SessionEventCounts.Kind.BOUND);
    }

    @Override
    public void valueUnbound(HttpSessionBindingEvent event) {
        SessionEventCounts.count(event.getSession(), SessionEventCounts.Kind.UNBOUND);
    }

    @Override
    public String toString() {
        return name;
    }
}
