package io.flotilla.samples.webapp;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;

/** How often a loader ran for a key, on all nodes together. */
final class CacheLoadsServlet extends ApiServlet {
    private final transient Regions regions;

    CacheLoadsServlet(Regions regions) {
        super("GET", "HEAD");
        this.regions = regions;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Json.send(response, Map.of("loads", regions.loads(CachePath.of(request))));
    }
}
