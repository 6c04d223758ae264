package io.flotilla.sessions.internal.web;

import io.flotilla.sessions.internal.SessionsConfig;
import io.flotilla.sessions.internal.codec.AttributeCodec;
import io.flotilla.sessions.internal.graph.Graphs;
import io.flotilla.sessions.internal.live.LiveSessions;
import io.flotilla.spi.Seldom;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EventListener;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Stands in front of a web application and gives each request an {@link SessionExchange}, which lasts over its forwards,
 * includes, errors and asynchronous dispatches.
 */
public final class SessionFilter implements Filter {
    private static final Duration LINES = Duration.ofMinutes(1);

    private final SessionServices services;
    private @Nullable Application application;

    /** One web application's part. */
    private record Application(
            String attribute, SessionScope scope, SessionTracking tracking, SessionEnds ends, Runnable cleaning) {}

    public SessionFilter(SessionServices services) {
        this.services = services;
    }

    @Override
    public void init(FilterConfig config) {
        ServletContext context = config.getServletContext();
        SessionScope scope = scope(context);
        SessionEnds ends = new SessionEnds(scope);
        SessionTracking tracking =
                new SessionTracking(context, services.config().header(), services.clock(), services.ticker());
        Runnable cleaning = () -> {
            scope.lives().cleanUp();
            tracking.cleanUp();
        };
        services.ends().register(scope.application(), ends);
        services.housekeeping().add(cleaning);
        application = new Application(
                SessionFilter.class.getName() + context.getContextPath(), scope, tracking, ends, cleaning);
    }

    private SessionScope scope(ServletContext context) {
        SessionsConfig config = services.config();
        Duration timeout = config.timeout();
        long seconds = timeout != null ? timeout.toSeconds() : context.getSessionTimeout() * 60L;
        return new SessionScope(
                context,
                new AttributeCodec(config.attributes(), context.getClassLoader(), services.quarantine()),
                new Graphs(),
                services.repository(),
                new LiveSessions(services.ticker(), config.localObjects()),
                new TurnQueues(
                        config.exclusive(),
                        config.turnPatience(),
                        services.repository(),
                        services.metrics(),
                        services.ticker()),
                new SessionEvents(() -> listeners(context, config), new Seldom(LINES, services.ticker())),
                services.metrics(),
                config.principal().in(context.getContextPath()),
                services.sealer(),
                new WritePolicy(
                        config.nonSerializable(),
                        config.merger(),
                        config.limits(),
                        new Seldom(LINES, services.ticker())),
                services.clock(),
                (int) Math.min(seconds, Integer.MAX_VALUE),
                config.lifetimeSeconds());
    }

    private static List<EventListener> listeners(ServletContext context, SessionsConfig config) {
        List<EventListener> all = new ArrayList<>(DeclaredListeners.of(context));
        all.addAll(config.listeners());
        return all;
    }

    @Override
    public void destroy() {
        Application web = application;
        if (web != null) {
            services.ends().unregister(web.scope().application(), web.ends());
            services.housekeeping().remove(web.cleaning());
            web.scope().lives().forgetAll();
        }
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Application web = application;
        if (web == null
                || !(request instanceof HttpServletRequest http)
                || !(response instanceof HttpServletResponse answer)) {
            chain.doFilter(request, response);
        } else {
            inExchange(exchange(web, http, answer), http, answer, chain);
        }
    }

    /** The request's exchange, made when it comes here first. */
    private SessionExchange exchange(Application web, HttpServletRequest request, HttpServletResponse response) {
        if (request.getAttribute(web.attribute()) instanceof SessionExchange present) {
            return present;
        }
        SessionExchange exchange = SessionExchange.of(web.scope(), web.tracking(), request, response);
        request.setAttribute(web.attribute(), exchange);
        return exchange;
    }

    private void inExchange(
            SessionExchange exchange, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!exchange.begin()) {
            dispatch(exchange, request, response, chain);
            return;
        }
        boolean counts = services.requests().counts(request.getServletPath());
        if (counts) {
            services.requests().entered();
        }
        InFlight inFlight = new InFlight(exchange, counts ? services.requests()::left : () -> {});
        boolean failed = true;
        try {
            dispatch(exchange, request, response, chain);
            failed = false;
        } finally {
            inFlight.dispatched(request, failed);
        }
    }

    /** The request itself, or a forward, an include, an error page, an asynchronous dispatch of it. */
    private void dispatch(
            SessionExchange exchange, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!exchange.isIn(request)) {
            wrapped(exchange, request, response, chain);
            return;
        }
        switch (request.getDispatcherType()) {
            case INCLUDE -> chain.doFilter(request, response);
            case FORWARD -> {
                chain.doFilter(request, response);
                exchange.commit(); // a container closes the response right after a forward
            }
            default -> through(exchange, request, response, chain);
        }
    }

    private void wrapped(
            SessionExchange exchange, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        SessionResponse wrapped = new SessionResponse(response, exchange);
        through(exchange, new SessionRequest(request, wrapped, exchange), wrapped, chain);
    }

    private void through(
            SessionExchange exchange, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        try {
            try {
                chain.doFilter(request, response);
            } catch (IOException | ServletException | RuntimeException | Error failure) {
                if (!SessionExchange.isOutage(failure)) {
                    commitAfter(exchange, failure);
                }
                throw failure;
            }
            exchange.commitAtLast();
        } catch (IOException | ServletException | RuntimeException failure) {
            if (!exchange.answerOutage(failure)) {
                throw failure;
            }
        }
    }

    /** What a failed request had stored in its session stays stored, as in a container; its own failure is the news. */
    private static void commitAfter(SessionExchange exchange, Throwable failure) {
        try {
            exchange.commitAtLast();
            exchange.keepCookie();
        } catch (RuntimeException second) {
            failure.addSuppressed(second);
        }
    }
}
