package io.flotilla.sessions.internal.web;

import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionActivationListener;
import jakarta.servlet.http.HttpSessionEvent;

/**
 * Tells values that want to know that they are about to be serialized, and that they have been or come out of
 * serialization, which for a session of many members are its passivation and activation (Servlet 6.0, 7.7.2).
 */
final class Activation {
    private Activation() {}

    static void will(HttpSession session, Object value) {
        if (value instanceof HttpSessionActivationListener listener) {
            listener.sessionWillPassivate(new HttpSessionEvent(session));
        }
    }

    static void did(HttpSession session, Object value) {
        if (value instanceof HttpSessionActivationListener listener) {
            listener.sessionDidActivate(new HttpSessionEvent(session));
        }
    }
}
