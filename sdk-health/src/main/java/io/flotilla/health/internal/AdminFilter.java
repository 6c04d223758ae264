package io.flotilla.health.internal;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;

/** Guards an application's own endpoints with the admin token. */
final class AdminFilter implements Filter {
    private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS");

    private final AdminAccess access;

    AdminFilter(AdminAccess access) {
        this.access = access;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest http = (HttpServletRequest) request;
        HttpServletResponse answer = (HttpServletResponse) response;
        if (!access.admit(http, answer)) {
            return;
        }
        if (!SAFE_METHODS.contains(http.getMethod()) && isOnBehalfOfAnotherSite(http)) {
            Reply.problem(403, "Forbidden", "another site may not make changes here")
                    .send(http, answer);
            return;
        }
        chain.doFilter(request, response);
    }

    /**
     * A browser adds Basic credentials that it remembers to whatever any page makes it send. It also says whose page that
     * was: always in {@code Origin}, which must then be this host.
     */
    private static boolean isOnBehalfOfAnotherSite(HttpServletRequest request) {
        String authorization = request.getHeader("Authorization");
        String origin = request.getHeader("Origin");
        String host = request.getHeader("Host");
        boolean basic =
                authorization != null && authorization.toLowerCase(Locale.ROOT).startsWith("basic ");
        return basic && origin != null && (host == null || !origin.endsWith("://" + host));
    }
}
