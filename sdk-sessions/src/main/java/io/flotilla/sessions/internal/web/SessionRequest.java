package io.flotilla.sessions.internal.web;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpUpgradeHandler;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The request as the application sees it: its session is the cluster's. */
final class SessionRequest extends HttpServletRequestWrapper {
    private final SessionExchange exchange;
    private final SessionResponse response;

    SessionRequest(HttpServletRequest request, SessionResponse response, SessionExchange exchange) {
        super(request);
        this.exchange = exchange;
        this.response = response;
    }

    SessionExchange exchange() {
        return exchange;
    }

    @Override
    public HttpSession getSession() {
        HttpSession session = exchange.session(true);
        if (session == null) {
            throw new IllegalStateException("a session was to be created");
        }
        return session;
    }

    @Override
    public @Nullable HttpSession getSession(boolean create) {
        return exchange.session(create);
    }

    @Override
    public String changeSessionId() {
        return exchange.changeId();
    }

    @Override
    public @Nullable String getRequestedSessionId() {
        return exchange.requestedId();
    }

    @Override
    public boolean isRequestedSessionIdFromCookie() {
        return exchange.requested().way() == SessionTracking.Way.COOKIE;
    }

    @Override
    public boolean isRequestedSessionIdFromURL() {
        return exchange.requested().way() == SessionTracking.Way.URL;
    }

    @Override
    public boolean isRequestedSessionIdValid() {
        return exchange.isRequestedValid();
    }

    /** A container may switch protocols at once. */
    @Override
    public <T extends HttpUpgradeHandler> T upgrade(Class<T> handler) throws IOException, ServletException {
        exchange.commit();
        return super.upgrade(handler);
    }

    /** With the wrappers, so that what the application gets back from the context still commits. */
    @Override
    public AsyncContext startAsync() {
        return startAsync(this, response);
    }

    @Override
    public AsyncContext startAsync(ServletRequest request, ServletResponse asyncResponse) {
        AsyncContext context = super.startAsync(request, asyncResponse);
        exchange.asyncStarted(request instanceof SessionRequest && asyncResponse instanceof SessionResponse);
        return new SessionAsyncContext(context, exchange);
    }

    @Override
    public AsyncContext getAsyncContext() {
        return new SessionAsyncContext(super.getAsyncContext(), exchange);
    }
}
