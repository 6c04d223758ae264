package io.flotilla.cache.internal.page;

import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** A request on its way. */
record Exchange(HttpServletRequest request, HttpServletResponse response, FilterChain chain) {
    boolean isHead() {
        return request.getMethod().equals("HEAD");
    }
}
