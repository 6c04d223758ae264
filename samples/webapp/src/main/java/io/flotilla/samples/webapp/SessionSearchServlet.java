package io.flotilla.samples.webapp;

import io.flotilla.sessions.SessionInfo;
import io.flotilla.sessions.Sessions;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** For administrators: the sessions of a user on all nodes, found and ended. */
final class SessionSearchServlet extends ApiServlet {
    private final Sessions sessions;

    SessionSearchServlet(Sessions sessions) {
        super("GET", "DELETE");
        this.sessions = sessions;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String user = text(request, "user");
        List<Map<String, Object>> found =
                sessions.find(user).stream().map(SessionSearchServlet::view).toList();
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("user", user);
        view.put("sessions", found);
        Json.send(response, view);
    }

    private static Map<String, Object> view(SessionInfo session) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("created", session.created().toEpochMilli());
        view.put("lastAccessed", session.lastAccessed().toEpochMilli());
        return view;
    }

    @Override
    protected void doDelete(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Json.send(response, Map.of("ended", sessions.end(text(request, "user"))));
    }
}
