package io.flotilla.sessions.internal.web;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/** The response as the application sees it: whatever would send its first byte commits the session before. */
final class SessionResponse extends HttpServletResponseWrapper {
    private static final String CONTENT_LENGTH = "Content-Length";

    private final SessionExchange exchange;
    private final BodyGauge gauge;
    private @Nullable ServletOutputStream stream;
    private @Nullable PrintWriter writer;

    SessionResponse(HttpServletResponse response, SessionExchange exchange) {
        super(response);
        this.exchange = exchange;
        this.gauge = new BodyGauge(response, exchange::commit);
    }

    @Override
    public String encodeURL(String url) {
        return exchange.encode(url);
    }

    @Override
    public String encodeRedirectURL(String url) {
        return exchange.encode(url);
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        if (stream == null) {
            stream = new SessionOutputStream(super.getOutputStream(), gauge);
        }
        return stream;
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        if (writer == null) {
            writer = new PrintWriter(new SessionWriter(super.getWriter(), gauge, super.getCharacterEncoding()));
        }
        return writer;
    }

    @Override
    public void flushBuffer() throws IOException {
        gauge.sending();
        super.flushBuffer();
    }

    @Override
    public void sendError(int status) throws IOException {
        gauge.sending();
        super.sendError(status);
    }

    @Override
    public void sendError(int status, String message) throws IOException {
        gauge.sending();
        super.sendError(status, message);
    }

    @Override
    public void sendRedirect(String location) throws IOException {
        gauge.sending();
        super.sendRedirect(location);
    }

    // The next three came with Servlet 6.1; an older container never calls them.

    @Override
    public void sendRedirect(String location, int status) throws IOException {
        gauge.sending();
        super.sendRedirect(location, status);
    }

    @Override
    public void sendRedirect(String location, boolean clearBuffer) throws IOException {
        gauge.sending();
        super.sendRedirect(location, clearBuffer);
    }

    @Override
    public void sendRedirect(String location, int status, boolean clearBuffer) throws IOException {
        gauge.sending();
        super.sendRedirect(location, status, clearBuffer);
    }

    @Override
    public void setContentLength(int length) {
        super.setContentLength(length);
        gauge.announce(length);
    }

    @Override
    public void setContentLengthLong(long length) {
        super.setContentLengthLong(length);
        gauge.announce(length);
    }

    @Override
    public void setHeader(String name, String value) {
        super.setHeader(name, value);
        announce(name, value);
    }

    @Override
    public void addHeader(String name, String value) {
        super.addHeader(name, value);
        announce(name, value);
    }

    @Override
    public void setIntHeader(String name, int value) {
        super.setIntHeader(name, value);
        announce(name, Integer.toString(value));
    }

    @Override
    public void addIntHeader(String name, int value) {
        super.addIntHeader(name, value);
        announce(name, Integer.toString(value));
    }

    private void announce(String name, @Nullable String value) {
        if (!CONTENT_LENGTH.equalsIgnoreCase(name) || value == null) {
            return;
        }
        try {
            gauge.announce(Long.parseLong(value.trim()));
        } catch (NumberFormatException unknown) {
            gauge.announce(-1);
        }
    }

    /** The gauge goes on, too early if need be: in an include the container ignores this call. */
    @Override
    public void reset() {
        super.reset();
        if (!super.containsHeader("Set-Cookie")) {
            exchange.forgetCookie();
        }
        stream = null;
        writer = null;
    }
}
