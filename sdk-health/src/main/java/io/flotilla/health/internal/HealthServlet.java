package io.flotilla.health.internal;

import io.flotilla.ClusterUnavailableException;
import io.flotilla.health.Health.State;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The endpoints. Overrides {@code service} as a whole: what {@link HttpServlet} answers to OPTIONS, the method that
 * HAProxy probes with, is always 200.
 */
final class HealthServlet extends HttpServlet {
    private final transient String node;
    private final transient Supplier<State> state;
    private final transient BackgroundChecks checks;
    private final transient NodeTable table;
    private final transient Probes probes;
    private final transient AdminAccess access;

    HealthServlet(
            String node,
            Supplier<State> state,
            BackgroundChecks checks,
            NodeTable table,
            Probes probes,
            AdminAccess access) {
        this.node = node;
        this.state = state;
        this.checks = checks;
        this.table = table;
        this.probes = probes;
        this.access = access;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (request.getMethod()) {
            case "GET", "HEAD", "OPTIONS" -> answer(request, response);
            default -> {
                response.setHeader("Allow", "GET, HEAD, OPTIONS");
                Reply.problem(405, "Method Not Allowed", "GET, HEAD or OPTIONS").send(request, response);
            }
        }
    }

    private void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (Objects.requireNonNullElse(request.getPathInfo(), "")) {
            case "/live" -> probes.live(request, response);
            case "/ready" -> probes.ready(request, response);
            case "/started" -> probes.started(request, response);
            case "", "/" -> summary(request, response);
            case "/cluster" -> table(request, response);
            default ->
                Reply.problem(404, "Not Found", "there is no such health endpoint")
                        .send(request, response);
        }
    }

    private void summary(HttpServletRequest request, HttpServletResponse response) throws IOException {
        AdminAccess.Verdict verdict = access.judge(request);
        if (verdict == AdminAccess.Verdict.WRONG_CREDENTIALS) {
            AdminAccess.refusal().send(request, response);
            return;
        }
        @Nullable List<Outcome> details = verdict == AdminAccess.Verdict.GRANTED ? checks.outcomes() : null;
        response.setHeader("Vary", "Accept");
        Reply reply = MediaTypes.prefersHealthDraft(request.getHeader("Accept"))
                ? HealthDraft.document(state.get(), node, details)
                : HealthDocuments.summary(state.get(), node, details);
        reply.send(request, response);
    }

    private void table(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!access.admit(request, response)) {
            return;
        }
        Reply reply;
        try {
            reply = HealthDocuments.table(table.rows());
        } catch (ClusterUnavailableException gone) {
            reply = Reply.problem(503, "Service Unavailable", "this node is no member of the cluster any more");
        }
        reply.send(request, response);
    }
}
