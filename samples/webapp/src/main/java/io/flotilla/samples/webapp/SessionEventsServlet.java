package io.flotilla.samples.webapp;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Shows what this node's listeners have heard of sessions. */
final class SessionEventsServlet extends ApiServlet {
    private final SessionEventCounts counts;

    SessionEventsServlet(SessionEventCounts counts) {
        super("GET", "HEAD");
        this.counts = counts;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Json.send(response, counts.all());
    }
}
