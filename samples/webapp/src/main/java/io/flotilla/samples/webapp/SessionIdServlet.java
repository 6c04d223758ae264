package io.flotilla.samples.webapp;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Gives the session a new id. */
final class SessionIdServlet extends SessionApiServlet {
    SessionIdServlet(String node) {
        super(node, "POST");
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        change(request, response, session -> request.changeSessionId());
    }
}
