package io.flotilla.samples.webapp;

import io.flotilla.cache.Cache;
import io.flotilla.cache.CacheEntry;
import io.flotilla.cache.EntryOptions;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import picocli.CommandLine.TypeConversionException;

/** One value: shown with where it came from, put, put if there is none, and invalidated. */
final class CacheEntryServlet extends ApiServlet {
    private static final Duration LONGEST = Duration.ofDays(3650);

    private final String node;
    private final transient Regions regions;

    CacheEntryServlet(String node, Regions regions) {
        super("GET", "HEAD", "PUT", "DELETE");
        this.node = node;
        this.regions = regions;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        CachePath path = CachePath.of(request);
        CacheEntry<Object> entry = regions.region(path)
                .entry(path.key())
                .orElseThrow(() -> new ProblemException(404, "There is no fresh value for this key."));
        Json.send(response, view(node, path.key(), entry));
    }

    /** A value that was found, as JSON shows it. */
    static Map<String, Object> view(String node, String key, CacheEntry<Object> entry) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("node", node);
        view.put("key", key);
        view.put("value", Objects.requireNonNull(entry.value(), "no region keeps that there is nothing"));
        view.put("tier", entry.tier().name());
        return view;
    }

    @Override
    protected void doPut(HttpServletRequest request, HttpServletResponse response) throws IOException {
        CachePath path = CachePath.of(request);
        Cache<String, Object> region = regions.region(path);
        EntryOptions options = options(request);
        String value = body(request);
        boolean stored = true;
        if ("*".equals(request.getHeader("If-None-Match"))) {
            stored = region.putIfAbsent(path.key(), value, options);
        } else {
            region.put(path.key(), value, options);
        }
        if (!stored) {
            throw new ProblemException(412, "There is a value for this key already.");
        }
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }

    private static EntryOptions options(HttpServletRequest request) {
        EntryOptions options = EntryOptions.DEFAULT;
        if (request.getParameter("tags") != null) {
            options = options.tags(tags(request));
        }
        return request.getParameter("ttl") == null ? options : options.ttl(ttl(request));
    }

    private static String[] tags(HttpServletRequest request) {
        return Stream.of(text(request, "tags").split(",", -1)).distinct().toArray(String[]::new);
    }

    private static Duration ttl(HttpServletRequest request) {
        String text = text(request, "ttl");
        try {
            Duration ttl = new DurationConverter().convert(text);
            if (!ttl.isZero() && ttl.compareTo(LONGEST) <= 0) {
                return ttl;
            }
        } catch (TypeConversionException noTime) {
            // Refused below, like a time out of range.
        }
        throw new ProblemException(
                400, "The parameter ttl must be a time such as 30s, 5m or 2h, at least 1s and at most 87600h.");
    }

    @Override
    protected void doDelete(HttpServletRequest request, HttpServletResponse response) {
        CachePath path = CachePath.of(request);
        regions.region(path).invalidate(path.key());
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }
}
