package io.flotilla.samples.webapp;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** Sets something going on behalf of an administrator, and does not wait for its end. */
final class VerbServlet extends ApiServlet {
    private final transient Runnable verb;

    VerbServlet(Runnable verb) {
        super("POST");
        this.verb = verb;
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) {
        verb.run();
        response.setStatus(HttpServletResponse.SC_ACCEPTED);
    }
}
