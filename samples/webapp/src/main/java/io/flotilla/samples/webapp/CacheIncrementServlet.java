package io.flotilla.samples.webapp;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;

/** A number that goes up, by one if nothing else is said; no addition is lost between nodes. */
final class CacheIncrementServlet extends ApiServlet {
    private final transient Regions regions;

    CacheIncrementServlet(Regions regions) {
        super("POST");
        this.regions = regions;
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        int by = request.getParameter("by") == null ? 1 : number(request, "by", Integer.MIN_VALUE, Integer.MAX_VALUE);
        Json.send(response, Map.of("value", add(CachePath.of(request), by)));
    }

    private long add(CachePath path, int by) {
        try {
            return regions.region(path).add(path.key(), by);
        } catch (IllegalStateException notANumber) {
            throw new ProblemException(409, "The value is there, but it is not a number.");
        }
    }
}
