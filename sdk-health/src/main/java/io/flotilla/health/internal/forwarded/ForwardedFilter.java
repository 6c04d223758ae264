package io.flotilla.health.internal.forwarded;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/** Shows requests as their clients sent them, once for each request however often it is dispatched. */
public final class ForwardedFilter implements Filter {
    private final Origins origins;

    public ForwardedFilter(ForwardedConfig config) {
        origins = new Origins(config);
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        boolean again =
                request instanceof ServletRequestWrapper wrapper && wrapper.isWrapperFor(ForwardedRequest.class);
        if (again
                || !(request instanceof HttpServletRequest http)
                || !(response instanceof HttpServletResponse answer)) {
            chain.doFilter(request, response);
            return;
        }
        Optional<Origin> origin = origins.of(http);
        ForwardedRequest seen = new ForwardedRequest(http, origin.orElse(null));
        chain.doFilter(seen, origin.isPresent() ? new ForwardedResponse(answer, seen) : answer);
    }
}
