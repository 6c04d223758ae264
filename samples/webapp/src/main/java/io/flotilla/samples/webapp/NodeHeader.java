package io.flotilla.samples.webapp;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/** Tells in every response, errors included, which node answered. */
final class NodeHeader extends ValveBase {
    private static final String ATTRIBUTE = NodeHeader.class.getName();
    private static final String HEADER = "X-Node";

    private final String node;

    NodeHeader(String node) {
        super(true);
        this.node = node;
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        response.setHeader(HEADER, node);
        request.setAttribute(ATTRIBUTE, node);
        getNext().invoke(request, response);
    }

    /** Sets the header anew where an error has taken back all that was there. */
    static void restore(Request request, Response response) {
        if (request.getAttribute(ATTRIBUTE) instanceof String node) {
            response.setHeader(HEADER, node);
        }
    }
}
