package io.flotilla.health.internal.forwarded;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.util.regex.Pattern;

/** Redirects to where the client is, not to where its balancer reached this node. */
final class ForwardedResponse extends HttpServletResponseWrapper {
    /** Has a scheme, or at least a host: RFC 3986, 4.2. */
    private static final Pattern ABSOLUTE = Pattern.compile("(?s)(//|[A-Za-z][A-Za-z0-9+.-]*:).*");

    private final ForwardedRequest request;

    ForwardedResponse(HttpServletResponse response, ForwardedRequest request) {
        super(response);
        this.request = request;
    }

    @Override
    public void sendRedirect(String location) throws IOException {
        super.sendRedirect(absolute(location));
    }

    // The next three came with Servlet 6.1; an older container never calls them.

    @Override
    public void sendRedirect(String location, int status) throws IOException {
        super.sendRedirect(absolute(location), status);
    }

    @Override
    public void sendRedirect(String location, boolean clearBuffer) throws IOException {
        super.sendRedirect(absolute(location), clearBuffer);
    }

    @Override
    public void sendRedirect(String location, int status, boolean clearBuffer) throws IOException {
        super.sendRedirect(absolute(location), status, clearBuffer);
    }

    private String absolute(String location) {
        if (ABSOLUTE.matcher(location).matches()) {
            return location;
        }
        if (location.startsWith("/")) {
            return request.base() + location;
        }
        String path = request.getRequestURI();
        if (location.isEmpty() || location.startsWith("?") || location.startsWith("#")) {
            return request.base() + path + location;
        }
        return request.base() + path.substring(0, path.lastIndexOf('/') + 1) + location;
    }
}
