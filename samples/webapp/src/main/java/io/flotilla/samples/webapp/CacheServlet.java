package io.flotilla.samples.webapp;

import io.flotilla.ClusterUnavailableException;
import io.flotilla.cache.CacheLoadException;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** All paths of the cache: finds the servlet for the shape of a path, and tells what the cache could not do. */
final class CacheServlet extends HttpServlet {
    private final Servlet region;
    private final Servlet entry;
    private final Servlet load;
    private final Servlet loads;
    private final Servlet increment;
    private final Servlet nothing = new NotFoundServlet();

    CacheServlet(String node, Regions regions) {
        this.region = new CacheRegionServlet(node, regions);
        this.entry = new CacheEntryServlet(node, regions);
        this.load = new CacheLoadServlet(node, regions);
        this.loads = new CacheLoadsServlet(regions);
        this.increment = new CacheIncrementServlet(regions);
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        try {
            servlet(CachePath.of(request).kind()).service(request, response);
        } catch (IllegalArgumentException refused) {
            Problem.of(400, String.valueOf(refused.getMessage())).send(response);
        } catch (CacheLoadException failed) {
            Problem.of(502, "The value could not be loaded, and there is no stale one that may do.")
                    .send(response);
        } catch (ClusterUnavailableException unavailable) {
            response.setHeader("Retry-After", "1");
            Problem.of(503).send(response);
        }
    }

    private Servlet servlet(CachePath.Kind kind) {
        return switch (kind) {
            case REGION -> region;
            case ENTRY -> entry;
            case LOAD -> load;
            case LOADS -> loads;
            case INCREMENT -> increment;
            case NOTHING -> nothing;
        };
    }
}
