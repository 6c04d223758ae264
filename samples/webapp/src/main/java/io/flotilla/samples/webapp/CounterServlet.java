package io.flotilla.samples.webapp;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;

/** A number in the session that goes up by one, after a while if the request asks for it. */
final class CounterServlet extends SessionApiServlet {
    CounterServlet(String node) {
        super(node, "POST");
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String name = nameInPath(request);
        Duration wait = wait(request);
        change(request, response, session -> {
            Object value = session.getAttribute(name);
            if (value != null && !(value instanceof Integer)) {
                throw new ProblemException(409, "The attribute is there, but it is not a number.");
            }
            pause(wait);
            session.setAttribute(name, value instanceof Integer count ? count + 1 : 1);
        });
    }
}
