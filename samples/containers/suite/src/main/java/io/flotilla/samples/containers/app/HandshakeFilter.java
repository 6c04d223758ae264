package io.flotilla.samples.containers.app;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;

/** In front of a handshake: stores something in the session, and when the others are done waits until a gate is open. */
final class HandshakeFilter implements Filter {

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String value = request.getParameter("x");
        if (value != null) {
            ((HttpServletRequest) request).getSession().setAttribute("x", value);
        }
        chain.doFilter(request, response);
        if (request.getParameter("gate") != null) {
            Gates.pass(request.getParameter("gate"));
        }
    }
}
