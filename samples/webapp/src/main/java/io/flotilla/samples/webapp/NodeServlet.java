package io.flotilla.samples.webapp;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Supplier;

/** This node and the members it knows, for the page. */
final class NodeServlet extends ApiServlet {
    private final transient Supplier<NodeView> view;

    NodeServlet(Supplier<NodeView> view) {
        super("GET", "HEAD");
        this.view = view;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Json.send(response, view.get());
    }
}
