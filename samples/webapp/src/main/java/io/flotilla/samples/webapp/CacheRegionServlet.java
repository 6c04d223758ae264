package io.flotilla.samples.webapp;

import io.flotilla.cache.Cache;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** One region: what this node has counted of it; and the values of a tag, or all of them, voided. */
final class CacheRegionServlet extends ApiServlet {
    private final String node;
    private final transient Regions regions;

    CacheRegionServlet(String node, Regions regions) {
        super("GET", "HEAD", "DELETE");
        this.node = node;
        this.regions = regions;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Cache<String, Object> region = regions.region(CachePath.of(request));
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("node", node);
        view.put("region", region.name());
        view.put("statistics", region.statistics());
        Json.send(response, view);
    }

    /** When it is answered no live node serves one of those values any more. */
    @Override
    protected void doDelete(HttpServletRequest request, HttpServletResponse response) {
        Cache<String, Object> region = regions.region(CachePath.of(request));
        if (request.getParameter("tag") == null) {
            region.clear();
        } else {
            region.invalidateTags(text(request, "tag"));
        }
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }
}
