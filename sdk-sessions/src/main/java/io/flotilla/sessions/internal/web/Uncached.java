package io.flotilla.sessions.internal.web;

import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Keeps caches from giving the id that a response carries to somebody else. What the application says of caching stays. */
final class Uncached {
    private static final String CACHE_CONTROL = "Cache-Control";

    private Uncached() {}

    /** A cache may keep the rest of the response. */
    static void withoutCookie(HttpServletResponse response) {
        add(response, "no-cache=\"Set-Cookie\"", List.of("private", "no-cache", "no-store"));
    }

    /** No cache knows that one of its headers is secret, and the client's own would bring back an old one. */
    static void altogether(HttpServletResponse response) {
        add(response, "no-store", List.of("no-store"));
    }

    private static void add(HttpServletResponse response, String directive, List<String> enough) {
        List<String> present = List.copyOf(response.getHeaders(CACHE_CONTROL));
        String said = String.join(",", present).toLowerCase(Locale.ROOT);
        if (enough.stream().anyMatch(said::contains)) {
            return;
        }
        response.addHeader(CACHE_CONTROL, directive);
        if (response.getHeaders(CACHE_CONTROL).size() == present.size()) {
            List<String> all = new ArrayList<>(present);
            all.add(directive);
            boolean unused = UndertowHeaders.put(response, CACHE_CONTROL, all);
        }
    }
}
