package io.flotilla.samples.webapp;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Answers what no other servlet does. Without it the container would answer by itself, past all filters, and a request
 * with a session's cookie would not count as an access to the session.
 */
final class NotFoundServlet extends HttpServlet {
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Problem.of(404).send(response);
    }
}
