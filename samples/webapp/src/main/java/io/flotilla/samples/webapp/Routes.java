package io.flotilla.samples.webapp;

import io.flotilla.cache.Caches;
import io.flotilla.cache.PageCache;
import io.flotilla.sessions.Sessions;
import io.flotilla.storage.Storage;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.time.InstantSource;
import java.util.function.Supplier;

/** Which servlet answers which path. */
final class Routes {
    /** Paths that ask for the admin token, all methods. */
    static final String[] ADMIN_ONLY = {
        "/admin/*", "/api/sessions", "/health/balancers", "/health/balancer/*", "/health/scale", "/health/console"
    };

    private static final String PAGES = "/pages/*";

    private final ServletContext context;
    private boolean hasUploads;

    Routes(ServletContext context) {
        this.context = context;
    }

    void addAll(String node, Supplier<NodeView> view, PrometheusMeterRegistry meters) {
        add(new PageServlet(), "");
        add(new NotFoundServlet(), "/");
        add(new NodeServlet(view), "/api/node");
        add(new MetricsServlet(meters), "/metrics");
        addSession(node);
        addComingParts();
    }

    void addVerb(String path, Runnable verb) {
        add(new VerbServlet(verb), path);
    }

    void addSessionSearch(Sessions sessions) {
        add(new SessionSearchServlet(sessions), "/api/sessions");
    }

    void addCache(String node, Caches caches) {
        add(new CacheServlet(node, new Regions(caches)), "/api/cache/*");
    }

    /** A servlet, and in front of it what keeps its pages for all nodes. */
    void addPages(PageCache pages) {
        add(new SlowPageServlet(), PAGES);
        pages.register(context, PAGES);
    }

    /** Before {@link #addAll}. */
    void addUploads(Storage storage) {
        UploadStore uploads = new UploadStore(storage);
        add(new UploadSearchServlet(uploads), "/api/uploads", "/api/uploads/*");
        var registration = add(new UploadsServlet(uploads), "/uploads", "/uploads/*");
        registration.setMultipartConfig(new MultipartConfigElement(""));
        hasUploads = true;
    }

    private void addSession(String node) {
        add(new SessionServlet(node), "/api/session");
        add(new AttributeServlet(node), "/api/session/attributes/*");
        add(new CounterServlet(node), "/api/session/counter/*");
        add(new ListServlet(node), "/api/session/list/*");
        add(new SessionIdServlet(node), "/api/session/id");
        add(new SessionTimeoutServlet(node), "/api/session/timeout");
        add(new LoginServlet(node), "/api/session/login");
        SessionEventCounts counts = new SessionEventCounts(InstantSource.system());
        counts.register(context);
        add(new SessionEventsServlet(counts), "/api/session/events");
    }

    private void addComingParts() {
        if (!hasUploads) {
            coming(ComingPart.UPLOADS, "/uploads/*", "/api/uploads/*");
        }
        coming(ComingPart.TUS, "/tus/*");
        coming(ComingPart.COORDINATION, "/api/leader/*", "/api/settings/*", "/api/events/*");
        coming(ComingPart.WEIGHTS, "/health/weight", "/admin/load");
        coming(ComingPart.BALANCERS, "/health/balancers", "/health/balancer/*");
        coming(ComingPart.SCALE, "/health/scale");
        coming(ComingPart.CONSOLE, "/health/console");
    }

    private void coming(ComingPart part, String... paths) {
        add(new ComingPartServlet(part), paths);
    }

    private ServletRegistration.Dynamic add(Servlet servlet, String... paths) {
        ServletRegistration.Dynamic registration =
                context.addServlet(servlet.getClass().getSimpleName() + " " + paths[0], servlet);
        registration.setAsyncSupported(true);
        if (!registration.addMapping(paths).isEmpty()) {
            throw new IllegalStateException("a path of " + String.join(", ", paths) + " is taken already");
        }
        return registration;
    }
}
