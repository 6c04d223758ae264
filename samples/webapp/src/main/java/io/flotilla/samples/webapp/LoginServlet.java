package io.flotilla.samples.webapp;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** What a login does to a session: it notes the user and changes the id. */
final class LoginServlet extends SessionApiServlet {
    /** The attribute that says whose session it is. */
    static final String USER = "user";

    LoginServlet(String node) {
        super(node, "POST");
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        User user = new User(text(request, USER));
        change(request, response, session -> {
            session.setAttribute(USER, user);
            request.changeSessionId();
        });
    }
}
