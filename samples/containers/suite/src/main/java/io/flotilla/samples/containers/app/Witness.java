package io.flotilla.samples.containers.app;

import jakarta.servlet.http.HttpSessionActivationListener;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionBindingListener;
import jakarta.servlet.http.HttpSessionEvent;
import java.io.Serializable;

/** A value that writes down what happens to it. */
record Witness(String value) implements HttpSessionBindingListener, HttpSessionActivationListener, Serializable {

    private void heard(HttpSessionEvent event, String what) {
        Heard.add(event.getSession().getId(), value + " " + what);
    }

    @Override
    public void valueBound(HttpSessionBindingEvent event) {
        heard(event, "bound to " + event.getName());
    }

    @Override
    public void valueUnbound(HttpSessionBindingEvent event) {
        heard(event, "unbound from " + event.getName());
    }

    @Override
    public void sessionWillPassivate(HttpSessionEvent event) {
        heard(event, "passivated");
    }

    @Override
    public void sessionDidActivate(HttpSessionEvent event) {
        heard(event, "activated");
    }
}
