package io.flotilla.sessions.internal.web;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;

/** Commits the session before the container may send what is left of an asynchronous response. */
final class SessionAsyncContext implements AsyncContext {
    private final AsyncContext context;
    private final SessionExchange exchange;

    SessionAsyncContext(AsyncContext context, SessionExchange exchange) {
        this.context = context;
        this.exchange = exchange;
    }

    @Override
    public void complete() {
        try {
            exchange.commitAtLast();
        } catch (RuntimeException failure) {
            exchange.answerFailure(failure);
            throw failure;
        } finally {
            context.complete();
        }
    }

    @Override
    public void dispatch() {
        context.dispatch();
    }

    @Override
    public void dispatch(String path) {
        context.dispatch(path);
    }

    /** Commits, unlike the other two: another web application's filter does not know this exchange. */
    @Override
    public void dispatch(ServletContext target, String path) {
        exchange.commit();
        context.dispatch(target, path);
    }

    @Override
    public ServletRequest getRequest() {
        return context.getRequest();
    }

    @Override
    public ServletResponse getResponse() {
        return context.getResponse();
    }

    /** The container would count our own wrappers as the application's. */
    @Override
    public boolean hasOriginalRequestAndResponse() {
        return exchange.isAsyncWithOriginals();
    }

    @Override
    public void start(Runnable run) {
        context.start(run);
    }

    @Override
    public void addListener(AsyncListener listener) {
        context.addListener(new SessionAsyncListener(listener, exchange));
    }

    @Override
    public void addListener(AsyncListener listener, ServletRequest request, ServletResponse response) {
        context.addListener(new SessionAsyncListener(listener, exchange), request, response);
    }

    @Override
    public <T extends AsyncListener> T createListener(Class<T> type) throws ServletException {
        return context.createListener(type);
    }

    @Override
    public void setTimeout(long millis) {
        context.setTimeout(millis);
    }

    @Override
    public long getTimeout() {
        return context.getTimeout();
    }
}
