package io.flotilla.cache.internal.page;

import io.flotilla.ClusterUnavailableException;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stands in front of servlets whose pages may be stored. */
final class PageFilter implements Filter {
    private static final Logger log = LoggerFactory.getLogger(PageFilter.class);
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    /** Questions that only the servlet answers: for parts of a page, for a change of protocol, or on conditions of a change. */
    private static final String[] NOT_FOR_CACHES = {"Range", "If-Match", "If-Unmodified-Since"};

    private final Served served;

    PageFilter(Served served) {
        this.served = served;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!(request instanceof HttpServletRequest http) || !(response instanceof HttpServletResponse answer)) {
            chain.doFilter(request, response);
            return;
        }
        Exchange exchange = new Exchange(http, answer, chain);
        String method = http.getMethod();
        if (!SAFE.contains(method)) {
            change(exchange);
        } else if ((method.equals("GET") || method.equals("HEAD")) && isForCaches(http)) {
            new PageAnswer(served, exchange).give();
        } else {
            pass(exchange);
        }
    }

    private static boolean isForCaches(HttpServletRequest request) {
        return Stream.of(NOT_FOR_CACHES).allMatch(each -> request.getHeader(each) == null)
                && !"websocket".equalsIgnoreCase(request.getHeader("Upgrade")); // clients offer h2c with every request
    }

    private void pass(Exchange exchange) throws IOException, ServletException {
        served.meters().count(Result.PASS);
        PageResponse response = new PageResponse(exchange.response(), new Passing(served.settings()));
        response.handOver();
        exchange.chain().doFilter(exchange.request(), response);
    }

    /** A request that changes something makes the page of its URI void (RFC 9111, section 4.4). */
    private void change(Exchange exchange) throws IOException, ServletException {
        String key = served.pages().keyOf(exchange.request());
        pass(exchange);
        if (exchange.request().isAsyncStarted()) {
            exchange.request().getAsyncContext().addListener(new WhenComplete(() -> changed(key, exchange.response())));
        } else {
            changed(key, exchange.response());
        }
    }

    private void changed(String key, HttpServletResponse response) {
        int status = response.getStatus();
        if (status < 200 || status >= 400) {
            return;
        }
        try {
            served.pages().invalidate(key);
        } catch (ClusterUnavailableException unavailable) {
            log.warn(
                    "a page of cache '{}' was changed and could not be invalidated",
                    served.pages().cache().name(),
                    unavailable);
        }
    }

    /** What passes is not recorded. */
    private record Passing(PageSettings settings) implements PageResponse.Audience {
        @Override
        public int limit() {
            return 0;
        }

        @Override
        public String tagsHeader() {
            return settings.tagsHeader();
        }

        @Override
        public boolean isStorable(Recorded recorded) {
            return false;
        }

        @Override
        public boolean isUseless(int status) {
            return false;
        }

        @Override
        public void notStorable(HttpServletResponse response) {}
    }

    private record WhenComplete(Runnable action) implements AsyncListener {
        @Override
        public void onComplete(AsyncEvent event) {
            action.run();
        }

        @Override
        public void onTimeout(AsyncEvent event) {}

        @Override
        public void onError(AsyncEvent event) {}

        @Override
        public void onStartAsync(AsyncEvent event) {
            event.getAsyncContext().addListener(this);
        }
    }
}
