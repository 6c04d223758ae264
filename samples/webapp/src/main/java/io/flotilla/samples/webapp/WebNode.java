package io.flotilla.samples.webapp;

import io.flotilla.Cluster;
import io.flotilla.ClusterBuilder;
import io.flotilla.ClusterStartException;
import io.flotilla.Discovery;
import io.flotilla.Security;
import io.flotilla.cache.Caches;
import io.flotilla.health.ForwardedRequests;
import io.flotilla.health.ForwardedRequestsBuilder;
import io.flotilla.health.Health;
import io.flotilla.health.NodeStatus;
import io.flotilla.samples.webapp.NodeView.MemberView;
import io.flotilla.sessions.Sessions;
import io.flotilla.storage.Storage;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The node: a cluster member and a web server, and the order in which they start and stop. */
final class WebNode implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WebNode.class);
    private static final String CLUSTER = "flotilla-sample";

    private final Options options;
    private final Cleanup cleanup;
    private final Meters meters;
    private final Cluster cluster;

    private WebNode(Options options, Cleanup cleanup, Meters meters, Cluster cluster) {
        this.options = options;
        this.cleanup = cleanup;
        this.meters = meters;
        this.cluster = cluster;
    }

    /**
     * Starts the node.
     *
     * @throws StartFailure if it cannot start; nothing is left running
     */
    static WebNode start(Options options) {
        Cleanup cleanup = new Cleanup();
        try {
            return start(options, cleanup);
        } catch (RuntimeException failure) {
            cleanup.close();
            throw failure;
        }
    }

    /** Closing goes the other way: the member leaves while the web server still answers, so that no request fails. */
    private static WebNode start(Options options, Cleanup cleanup) {
        Meters meters = cleanup.add(new Meters());
        TempDirectory home = cleanup.add(TempDirectory.create("flotilla-webapp-"));
        AdminToken token = cleanup.add(AdminToken.of(options.adminTokenFile()));
        WebServer server = cleanup.add(WebServer.bind(options.name(), options.bind(), options.httpPort(), home.path()));
        Cluster cluster = cleanup.add(join(options, token, meters));
        WebNode node = new WebNode(options, cleanup, meters, cluster);
        server.start(node::register);
        log.info("the token for administrators is in {}", token.file());
        return node;
    }

    private static Cluster join(Options options, AdminToken token, Meters meters) {
        try {
            ClusterBuilder builder = Cluster.builder(CLUSTER)
                    .node(options.name())
                    .bind(options.bind(), options.memberPort())
                    .meterRegistry(meters.registry())
                    .install(Sessions.module(sessions -> sessions.timeout(options.sessionTimeout())
                            .principal(LoginServlet.USER)
                            .exclusive(WebNode::isExclusive)))
                    .install(Caches.module(Regions::describe))
                    .install(Health.module(
                            health -> health.url(URI.create(options.url())).adminToken(token.token())));
            if (options.storage() == StorageKind.SHARED) {
                Path folder = UploadFolder.of(options.storageDirectory());
                builder.install(Storage.module(storage -> storage.shared(folder)));
            }
            if (!options.members().isEmpty()) {
                builder.discovery(Discovery.members(options.members().toArray(String[]::new)));
            }
            Path secret = options.secretFile();
            if (secret != null) {
                builder.security(Security.secretFile(secret));
            }
            return builder.start();
        } catch (IllegalArgumentException refused) {
            throw RefusedSetting.of(refused);
        } catch (ClusterStartException failure) {
            throw StartFailure.cannotStart(String.valueOf(failure.getMessage()));
        }
    }

    /** Looks at the query alone: the body is not read yet. */
    private static boolean isExclusive(HttpServletRequest request) {
        String query = request.getQueryString();
        return query != null && List.of(query.split("&")).contains("exclusive=true");
    }

    private void register(ServletContext context) {
        Health health = cluster.get(Health.class);
        Sessions sessions = cluster.get(Sessions.class);
        if (!options.trustedProxies().isEmpty()) {
            ForwardedRequests.register(
                    context, this::believe); // before the sessions, whose cookie is Secure if the client is
        }
        sessions.register(context);
        health.register(context, "/health/*");
        FilterRegistration.Dynamic guard = context.addFilter("admin", health.adminOnly());
        guard.setAsyncSupported(true);
        guard.addMappingForUrlPatterns(null, true, Routes.ADMIN_ONLY);
        Routes routes = new Routes(context);
        if (options.storage() == StorageKind.SHARED) {
            routes.addUploads(cluster.get(Storage.class));
        }
        routes.addAll(options.name(), this::view, meters.registry());
        routes.addSessionSearch(sessions);
        Caches caches = cluster.get(Caches.class);
        routes.addCache(options.name(), caches);
        routes.addPages(Regions.pages(caches));
        routes.addVerb("/admin/drain", health::drain);
        routes.addVerb("/admin/resume", health::resume);
    }

    private void believe(ForwardedRequestsBuilder forwarded) {
        forwarded.trust(options.trustedProxies().toArray(String[]::new)).forwardedHost();
    }

    private NodeView view() {
        Health health = cluster.get(Health.class);
        return new NodeView(
                options.name(),
                health.state().name(),
                health.nodes().stream().map(WebNode::memberView).toList());
    }

    private static MemberView memberView(NodeStatus member) {
        return new MemberView(
                member.node(),
                member.state().name(),
                member.weight(),
                member.url().map(URI::toString).orElse(""),
                member.self());
    }

    /** Blocks until balancers would be told to send traffic, and says so in the log. */
    void awaitReady() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        Health health = cluster.get(Health.class);
        while (cluster.state() == Cluster.State.RUNNING) {
            Health.State state = health.state();
            if (state == Health.State.UP || state == Health.State.DEGRADED) {
                log.info("node '{}' is ready: {}", options.name(), options.url());
                return;
            }
            var unused = never.await(20, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void close() {
        cleanup.close();
    }
}
