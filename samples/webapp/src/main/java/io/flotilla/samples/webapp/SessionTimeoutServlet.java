package io.flotilla.samples.webapp;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Sets how long the session may stay unused; zero or less is for ever. */
final class SessionTimeoutServlet extends SessionApiServlet {
    SessionTimeoutServlet(String node) {
        super(node, "PUT");
    }

    @Override
    protected void doPut(HttpServletRequest request, HttpServletResponse response) throws IOException {
        int seconds = number(request, "seconds", Integer.MIN_VALUE, Integer.MAX_VALUE);
        change(request, response, session -> session.setMaxInactiveInterval(seconds));
    }
}
