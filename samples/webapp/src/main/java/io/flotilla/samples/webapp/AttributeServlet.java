package io.flotilla.samples.webapp;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One attribute: set, after a while if the request asks for it, and removed. */
final class AttributeServlet extends SessionApiServlet {
    private static final int MAX_WAIT = 60_000;

    AttributeServlet(String node) {
        super(node, "PUT", "DELETE");
    }

    @Override
    protected void doPut(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String name = nameInPath(request);
        Duration wait = request.getParameter("millis") == null
                ? Duration.ZERO
                : Duration.ofMillis(number(request, "millis", 0, MAX_WAIT));
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

    private static void pause(Duration time) {
        try {
            var unused = new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new ProblemException(503, "The node is stopping.");
        }
    }
}
