package io.flotilla.sessions.internal.web;

import io.flotilla.spi.Requests;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;

/** The end of a request, which for an asynchronous one comes later than the end of its first dispatch. */
final class InFlight implements AsyncListener {
    private final Requests requests;
    private final SessionExchange exchange;

    private InFlight(Requests requests, SessionExchange exchange) {
        this.requests = requests;
        this.exchange = exchange;
    }

    static void leaveWhenComplete(HttpServletRequest request, Requests requests, SessionExchange exchange) {
        InFlight end = new InFlight(requests, exchange);
        if (request.isAsyncStarted()) {
            try {
                request.getAsyncContext().addListener(end);
                return;
            } catch (IllegalStateException completedMeanwhile) {
                // Falls through: the request is over.
            }
        }
        end.over();
    }

    private void over() {
        try {
            exchange.finish();
        } finally {
            requests.left();
        }
    }

    @Override
    public void onComplete(AsyncEvent event) {
        over();
    }

    /** A new cycle has no listeners; this one goes along. */
    @Override
    public void onStartAsync(AsyncEvent event) {
        event.getAsyncContext().addListener(this);
    }

    @Override
    public void onTimeout(AsyncEvent event) {}

    @Override
    public void onError(AsyncEvent event) {}
}
