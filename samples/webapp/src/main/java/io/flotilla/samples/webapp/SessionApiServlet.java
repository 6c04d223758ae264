package io.flotilla.samples.webapp;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Base of the servlets that do one thing to the session and then show it. */
abstract class SessionApiServlet extends ApiServlet {
    private final String node;

    SessionApiServlet(String node, String... methods) {
        super(methods);
        this.node = node;
    }

    /** Does the one thing to the session, which is created if there is none, and answers with the session. */
    final void change(HttpServletRequest request, HttpServletResponse response, Change change) throws IOException {
        HttpSession session = request.getSession(true);
        try {
            change.apply(session);
            Json.send(response, SessionView.of(node, session));
        } catch (IllegalStateException failure) {
            throw isStill(session, request) ? failure : ended();
        }
    }

    final void show(HttpServletRequest request, HttpServletResponse response) throws IOException {
        HttpSession session = request.getSession(false);
        try {
            Json.send(response, SessionView.of(node, session));
        } catch (IllegalStateException failure) {
            throw isStill(session, request) ? failure : ended();
        }
    }

    @SuppressWarnings("ReferenceEquality") // the very same session, as the container hands it out
    private static boolean isStill(@Nullable HttpSession session, HttpServletRequest request) {
        return request.getSession(false) == session;
    }

    private static ProblemException ended() {
        return new ProblemException(409, "The session ended while this request was at work.");
    }

    /** A change to a session. */
    @FunctionalInterface
    interface Change {
        void apply(HttpSession session) throws IOException;
    }
}
