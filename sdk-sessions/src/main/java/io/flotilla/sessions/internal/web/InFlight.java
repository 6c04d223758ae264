package io.flotilla.sessions.internal.web;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import java.util.concurrent.atomic.AtomicBoolean;

/** The end of a request, which for an asynchronous one comes later than the end of its first dispatch. */
final class InFlight implements AsyncListener {
    private final SessionExchange exchange;
    private final Runnable left;
    private final AtomicBoolean over = new AtomicBoolean();

    InFlight(SessionExchange exchange, Runnable left) {
        this.exchange = exchange;
        this.left = left;
    }

    /**
     * The first dispatch is done. If it failed the request is over, asynchronous or not: Tomcat 10.1 tells nobody of the end
     * of an asynchronous request whose servlet throws.
     */
    void dispatched(HttpServletRequest request, boolean failed) {
        if (!failed && request.isAsyncStarted()) {
            try {
                request.getAsyncContext().addListener(this);
                return;
            } catch (IllegalStateException completedMeanwhile) {
                // Falls through: the request is over.
            }
        }
        over();
    }

    /** Counts once: Tomcat tells of the end twice if an asynchronous dispatch ends in an error. */
    private void over() {
        if (!over.compareAndSet(false, true)) {
            return;
        }
        try {
            exchange.finish();
        } finally {
            left.run();
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

    /** The container ends the request now; the application's own listeners came before and may have stored something. */
    @Override
    public void onTimeout(AsyncEvent event) {
        exchange.commit();
    }

    /** See {@link #onTimeout}. */
    @Override
    public void onError(AsyncEvent event) {
        exchange.commit();
    }
}
