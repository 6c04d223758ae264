package io.flotilla.sessions.internal.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.List;

/**
 * The session's id in a header of requests and responses, for clients that are no browsers: they send the header to say that
 * they want the id there, empty as long as they have none.
 *
 * @param name what the header is called
 */
record SessionHeader(String name) {

    /** What the request's headers of that name say; none if the client does not use it. */
    List<String> values(HttpServletRequest request) {
        return Collections.list(request.getHeaders(name));
    }

    /**
     * Answers with the id, or with an empty header to say that the session has ended.
     *
     * @return false if the response takes no headers now
     */
    boolean send(String value, HttpServletResponse response) {
        response.setHeader(name, value);
        boolean taken = value.equals(response.getHeader(name)) || UndertowHeaders.put(response, name, List.of(value));
        if (taken) {
            Uncached.altogether(response);
        }
        return taken;
    }
}
