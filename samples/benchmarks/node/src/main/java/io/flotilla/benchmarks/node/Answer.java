package io.flotilla.benchmarks.node;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * How all servlets answer: a short text of a known length. With {@code early} it is flushed by the servlet, as a response
 * is that streams its output or outgrows the container's buffer, so that the session has to be stored before the servlet
 * is done; without, the container sends it when the servlet and all filters are.
 */
record Answer(boolean early) {

    void send(HttpServletResponse response, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        response.setContentType("text/plain");
        response.setContentLength(body.length);
        ServletOutputStream out = response.getOutputStream();
        out.write(body);
        if (early) {
            out.flush();
        }
    }
}
