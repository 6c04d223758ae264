package io.flotilla.samples.webapp;

import io.flotilla.cache.CacheEntry;
import io.flotilla.cache.CacheLoader;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** A value that is loaded if there is none, by a loader that takes its time and fails if the request asks for that. */
final class CacheLoadServlet extends ApiServlet {
    private final String node;
    private final transient Regions regions;

    CacheLoadServlet(String node, Regions regions) {
        super("GET");
        this.node = node;
        this.regions = regions;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        CachePath path = CachePath.of(request);
        CacheEntry<Object> entry = regions.region(path).entryOrLoad(path.key(), loader(path, request));
        Map<String, Object> view = CacheEntryServlet.view(node, path.key(), entry);
        view.put("stale", entry.stale());
        Json.send(response, view);
    }

    /** In place of a database. */
    private CacheLoader<String, Object> loader(CachePath path, HttpServletRequest request) {
        String value = text(request, "value");
        Duration time = wait(request);
        boolean fails = Boolean.parseBoolean(request.getParameter("fail"));
        return (key, load) -> {
            regions.countLoad(path);
            pause(time);
            if (fails) {
                throw new IOException("the request asked for a load that fails");
            }
            return value;
        };
    }
}
