package io.flotilla.samples.webapp;

import jakarta.servlet.http.HttpSession;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A session as JSON shows it. */
final class SessionView {
    private SessionView() {}

    static Map<String, @Nullable Object> of(String node, @Nullable HttpSession session) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("node", node);
        if (session == null) {
            view.put("id", null);
            return view;
        }
        view.put("id", session.getId());
        view.put("new", session.isNew());
        view.put("created", session.getCreationTime());
        view.put("lastAccessed", session.getLastAccessedTime());
        view.put("timeoutSeconds", session.getMaxInactiveInterval());
        view.put("attributes", attributes(session));
        return view;
    }

    private static Map<String, Object> attributes(HttpSession session) {
        Map<String, Object> attributes = new TreeMap<>();
        for (String name : Collections.list(session.getAttributeNames())) {
            Object value = session.getAttribute(name);
            if (value != null) { // another request may have removed it since
                attributes.put(name, simple(value));
            }
        }
        return attributes;
    }

    private static Object simple(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(SessionView::simple).toList();
        }
        return value instanceof Number || value instanceof Boolean ? value : value.toString();
    }
}
