package io.flotilla.samples.webapp;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;

/** One attribute: set, after a while if the request asks for it, and removed. */
final class AttributeServlet extends SessionApiServlet {
    AttributeServlet(String node) {
        super(node, "PUT", "DELETE");
    }

    @Override
    protected void doPut(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String name = nameInPath(request);
        Duration wait = wait(request);
        // The session comes first, so that two such requests really overlap.
        change(request, response, session -> {
            pause(wait);
            session.setAttribute(name, body(request));
        });
    }

    @Override
    protected void doDelete(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String name = nameInPath(request);
        change(request, response, session -> session.removeAttribute(name));
    }
}
