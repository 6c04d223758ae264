package io.flotilla.benchmarks.node;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;

/** The load: reads a session's content, sets it, creates a session with it, ends one. */
final class WorkServlet extends HttpServlet {
    private static final String CART = "cart";

    private final Answer answer;
    private final Contents contents;

    WorkServlet(Answer answer, Contents contents) {
        this.answer = answer;
        this.contents = contents;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        answer.send(response, answerTo(request));
    }

    private String answerTo(HttpServletRequest request) {
        return switch (String.valueOf(request.getPathInfo())) {
            case "/read" -> read(request.getSession(false));
            case "/write" -> write(request.getSession(false));
            case "/create" -> create(request.getSession(true));
            case "/end" -> end(request.getSession(false));
            default -> "none: no such work";
        };
    }

    private static String read(HttpSession session) {
        return session != null && session.getAttribute(CART) instanceof Cart cart
                ? "ok " + cart.version() + " " + cart.total()
                : "none";
    }

    private String write(HttpSession session) {
        if (session == null) {
            return "none";
        }
        session.setAttribute(CART, contents.cart(System.nanoTime()));
        return "ok";
    }

    private String create(HttpSession session) {
        session.setAttribute(CART, contents.cart(0));
        return "ok";
    }

    private static String end(HttpSession session) {
        if (session == null) {
            return "none";
        }
        session.invalidate();
        return "ok";
    }
}
