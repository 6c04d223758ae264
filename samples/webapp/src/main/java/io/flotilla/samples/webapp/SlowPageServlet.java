package io.flotilla.samples.webapp;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * A page that takes its time, the same on every node. It knows nothing of the cache in front of it, which keeps it, and
 * forgets it after {@code DELETE}: whatever changes a page makes the stored one void.
 */
final class SlowPageServlet extends ApiServlet {
    SlowPageServlet() {
        super("GET", "HEAD", "DELETE");
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String name = nameInPath(request);
        pause(wait(request));
        response.setContentType("text/html; charset=UTF-8");
        response.setHeader("Content-Security-Policy", "default-src 'none'");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.getOutputStream().write(page(escaped(name)).getBytes(StandardCharsets.UTF_8));
    }

    private static String page(String title) {
        return """
                <!DOCTYPE html>
                <html lang="en">
                <meta charset="utf-8">
                <title>%1$s</title>
                <h1>%1$s</h1>
                <p>This page is slow to make: look at its fields X-Cache, X-Node and Age.</p>
                </html>
                """.formatted(title);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    @Override
    protected void doDelete(HttpServletRequest request, HttpServletResponse response) {
        String unused = nameInPath(request);
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }
}
