package io.flotilla.samples.webapp;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/** Tells in every response, errors included, which node answered. */
final class NodeHeader extends ValveBase {
    private final String node;

    NodeHeader(String node) {
        super(true);
        this.node = node;
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        response.setHeader("X-Node", node);
        getNext().invoke(request, response);
    }
}
