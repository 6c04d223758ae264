package io.flotilla.health.internal;

import io.flotilla.spi.Requests;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Counts requests while they are in flight; probes do not count, or a node that is probed would never be idle. */
final class RequestCounter implements Filter {
    private final Requests requests;

    RequestCounter(Requests requests) {
        this.requests = requests;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request instanceof HttpServletRequest http && !requests.counts(http.getServletPath())) {
            chain.doFilter(request, response);
            return;
        }
        InFlight inFlight = new InFlight(requests);
        try {
            chain.doFilter(request, response);
        } finally {
            inFlight.endOf(request);
        }
    }

    /** One request, counted once, whichever way it ends. */
    private static final class InFlight implements AsyncListener {
        private final Requests requests;
        private final AtomicBoolean over = new AtomicBoolean();

        InFlight(Requests requests) {
            this.requests = requests;
            requests.entered();
        }

        /** The request's own thread is through with it; an asynchronous one goes on without. */
        void endOf(ServletRequest request) {
            try {
                if (request.isAsyncStarted()) {
                    request.getAsyncContext().addListener(this);
                    return;
                }
            } catch (IllegalStateException completed) {
                over(); // on another thread, after the question
                return;
            }
            over();
        }

        /** Once: a container that had not forgotten its listeners after all reports a completion twice. */
        private void over() {
            if (over.compareAndSet(false, true)) {
                requests.left();
            }
        }

        @Override
        public void onComplete(AsyncEvent event) {
            over();
        }

        /** Dispatched, and asynchronous once more: the container has forgotten its listeners. */
        @Override
        public void onStartAsync(AsyncEvent event) {
            event.getAsyncContext().addListener(this);
        }

        @Override
        public void onTimeout(AsyncEvent event) {} // completion follows

        @Override
        public void onError(AsyncEvent event) {} // completion follows
    }
}
