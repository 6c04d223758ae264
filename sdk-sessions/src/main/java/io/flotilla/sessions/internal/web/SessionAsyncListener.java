package io.flotilla.sessions.internal.web;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import java.io.IOException;

/** An application's listener: the context that its events carry commits the session too. */
record SessionAsyncListener(AsyncListener listener, SessionExchange exchange) implements AsyncListener {

    @Override
    public void onComplete(AsyncEvent event) throws IOException {
        listener.onComplete(committing(event));
    }

    @Override
    public void onTimeout(AsyncEvent event) throws IOException {
        listener.onTimeout(committing(event));
    }

    @Override
    public void onError(AsyncEvent event) throws IOException {
        listener.onError(committing(event));
    }

    @Override
    public void onStartAsync(AsyncEvent event) throws IOException {
        listener.onStartAsync(committing(event));
    }

    private AsyncEvent committing(AsyncEvent event) {
        return new AsyncEvent(
                new SessionAsyncContext(event.getAsyncContext(), exchange),
                event.getSuppliedRequest(),
                event.getSuppliedResponse(),
                event.getThrowable());
    }
}
