package io.flotilla.health.internal;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.util.EnumSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Puts the servlet and the filter into a web application. */
final class Endpoints {
    private static final Pattern SHAPE = Pattern.compile("(/[^/*\\s]+)+/\\*");
    private static final String SERVLET = "flotilla-health";
    private static final String FILTER = "flotilla-requests";

    private Endpoints() {}

    /**
     * @param pattern the pattern of the servlet
     * @param filter makes the counting filter, given the servlet's path
     */
    static void register(ServletContext web, String pattern, HealthServlet servlet, Function<String, Filter> filter) {
        if (!SHAPE.matcher(pattern).matches()) {
            throw new IllegalArgumentException("health.pattern must be like /health/*, was " + pattern);
        }
        ServletRegistration.Dynamic endpoint = web.addServlet(SERVLET, servlet);
        requireNew(endpoint);
        // The servlet never goes asynchronous, but a filter of the application's around it may.
        endpoint.setAsyncSupported(true);
        if (!endpoint.addMapping(pattern).isEmpty()) {
            throw new IllegalStateException("another servlet of this web application is mapped to " + pattern);
        }
        String path = pattern.substring(0, pattern.length() - "/*".length());
        FilterRegistration.Dynamic counter = web.addFilter(FILTER, filter.apply(path));
        requireNew(counter);
        counter.setAsyncSupported(true);
        counter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
    }

    private static void requireNew(@Nullable Object registration) {
        if (registration == null) {
            throw new IllegalStateException("this web application has health endpoints already");
        }
    }
}
