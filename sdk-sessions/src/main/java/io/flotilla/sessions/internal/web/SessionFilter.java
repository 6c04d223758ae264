package io.flotilla.sessions.internal.web;

import io.flotilla.ClusterUnavailableException;
import io.flotilla.sessions.internal.store.SessionRepository;
import io.flotilla.spi.Requests;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands in front of a web application and gives each request an {@link SessionExchange}, which lasts over its forwards,
 * includes, errors and asynchronous dispatches.
 */
public final class SessionFilter implements Filter {
    private static final Logger log = LoggerFactory.getLogger(SessionFilter.class);
    private static final int RETRY_AFTER_SECONDS = 2;

    private final SessionRepository repository;
    private final Requests requests;
    private final InstantSource clock;
    private final @Nullable Duration timeout;
    private @Nullable Application application;

    /** One web application's part. */
    private record Application(String attribute, SessionScope scope, SessionCookie cookie) {}

    /**
     * Creates the filter.
     *
     * @param timeout of new sessions, or null for the web application's own
     */
    public SessionFilter(
            SessionRepository repository, Requests requests, InstantSource clock, @Nullable Duration timeout) {
        this.repository = repository;
        this.requests = requests;
        this.clock = clock;
        this.timeout = timeout;
    }

    @Override
    public void init(FilterConfig config) {
        ServletContext context = config.getServletContext();
        int seconds = timeout != null ? (int) timeout.toSeconds() : Math.multiplyExact(context.getSessionTimeout(), 60);
        AttributeCodec codec = new AttributeCodec(context.getClassLoader());
        application = new Application(
                SessionFilter.class.getName() + context.getContextPath(),
                new SessionScope(context, codec, clock, seconds),
                new SessionCookie(context));
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Application web = application;
        if (web == null
                || !(request instanceof HttpServletRequest http)
                || !(response instanceof HttpServletResponse answer)) {
            chain.doFilter(request, response);
        } else if (http.getAttribute(web.attribute()) instanceof SessionExchange running) {
            again(running, http, answer, chain);
        } else {
            first(web, http, answer, chain);
        }
    }

    private void first(Application web, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        SessionExchange exchange = new SessionExchange(repository, web.scope(), web.cookie(), request, response);
        request.setAttribute(web.attribute(), exchange);
        requests.entered();
        try {
            through(exchange, request, response, chain);
        } finally {
            InFlight.leaveWhenComplete(request, requests, exchange);
        }
    }

    /** A forward, an include, an error page, an asynchronous dispatch of a request that has its exchange already. */
    private void again(
            SessionExchange exchange, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (isWrapped(request)) {
            chain.doFilter(request, response);
        } else {
            through(exchange, request, response, chain);
        }
    }

    private static boolean isWrapped(ServletRequest request) {
        ServletRequest each = request;
        while (each instanceof ServletRequestWrapper wrapper) {
            if (each instanceof SessionRequest) {
                return true;
            }
            each = wrapper.getRequest();
        }
        return false;
    }

    private void through(
            SessionExchange exchange, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        SessionResponse wrapped = new SessionResponse(response, exchange);
        try {
            try {
                chain.doFilter(new SessionRequest(request, wrapped, exchange), wrapped);
            } catch (IOException | ServletException | RuntimeException | Error failure) {
                if (!causedByOutage(failure)) {
                    commitAfter(exchange, failure);
                }
                throw failure;
            }
            exchange.commit();
        } catch (IOException | ServletException | RuntimeException failure) {
            if (!causedByOutage(failure) || response.isCommitted()) {
                throw failure;
            }
            log.warn("a session could not be reached, the request is answered 503", failure);
            response.setHeader("Retry-After", Integer.toString(RETRY_AFTER_SECONDS));
            response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        }
    }

    /** What a failed request had stored in its session stays stored, as in a container; its own failure is the news. */
    private static void commitAfter(SessionExchange exchange, Throwable failure) {
        try {
            exchange.commit();
        } catch (RuntimeException second) {
            failure.addSuppressed(second);
        }
    }

    private static boolean causedByOutage(Throwable failure) {
        for (@Nullable Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof ClusterUnavailableException) {
                return true;
            }
        }
        return false;
    }
}
