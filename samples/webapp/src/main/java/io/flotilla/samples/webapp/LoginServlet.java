package io.flotilla.samples.webapp;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** What a login does to a session: it notes the user and changes the id. */
final class LoginServlet extends SessionApiServlet {
    LoginServlet(String node) {
        super(node, "POST");
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        User user = new User(text(request, "user"));
        change(request, response, session -> {
            session.setAttribute("user", user);
            request.changeSessionId();
        });
    }
}
