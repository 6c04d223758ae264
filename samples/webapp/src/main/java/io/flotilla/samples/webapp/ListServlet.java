package io.flotilla.samples.webapp;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A list in the session, changed in place: many applications do that, and expect it to last. */
final class ListServlet extends SessionApiServlet {
    ListServlet(String node) {
        super(node, "POST");
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String name = nameInPath(request);
        String item = body(request);
        change(request, response, session -> {
            Object value = session.getAttribute(name);
            if (value == null) {
                session.setAttribute(name, new ArrayList<>(List.of(item)));
            } else if (value instanceof ArrayList<?> list) {
                @SuppressWarnings("unchecked") // only this servlet puts lists into a session
                ArrayList<Object> items = (ArrayList<Object>) list;
                items.add(item);
            } else {
                throw new ProblemException(409, "The attribute is there, but it is not a list.");
            }
        });
    }
}
