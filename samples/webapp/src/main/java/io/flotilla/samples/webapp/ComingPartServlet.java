package io.flotilla.samples.webapp;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Holds the place of a part that does not exist yet. */
final class ComingPartServlet extends HttpServlet {
    private final ComingPart part;

    ComingPartServlet(ComingPart part) {
        this.part = part;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Problem.of(501, part.doesNotExistYet() + ".").send(response);
    }
}
