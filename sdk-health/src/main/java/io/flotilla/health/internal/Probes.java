package io.flotilla.health.internal;

import io.flotilla.health.Health.State;
import io.flotilla.health.internal.Probers.Prober;
import io.flotilla.health.internal.checks.Group;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The three questions that machines ask. The answers are exactly 200 or exactly 503, whatever the method. */
final class Probes {
    private static final String OK = "OK";

    private final Readiness readiness;
    private final Liveness liveness;
    private final Probers probers;
    private final HealthMetrics metrics;
    private final Map<String, Group> groups;

    Probes(Readiness readiness, Liveness liveness, Probers probers, HealthMetrics metrics, Map<String, Group> groups) {
        this.readiness = readiness;
        this.liveness = liveness;
        this.probers = probers;
        this.metrics = metrics;
        this.groups = groups;
    }

    void live(HttpServletRequest request, HttpServletResponse response) throws IOException {
        boolean alive = liveness.alive();
        answer("live", alive, alive ? OK : "DOWN", request, response);
    }

    void started(HttpServletRequest request, HttpServletResponse response) throws IOException {
        boolean started = readiness.started();
        answer("started", started, started ? OK : "STARTING", request, response);
    }

    void ready(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Group group = group(request.getParameter("group"));
        State state = group == null ? State.DOWN : readiness.state(group);
        boolean ready = Readiness.isReady(state);
        String word = state == State.UP ? OK : state.name();
        answer("ready", ready, group == null ? "UNKNOWN" : word, request, response);
        probers.answered(proberOf(request), ready); // after the answer: one that was not sent tells nobody anything
    }

    /** Null if there is none of that name: who asks for it by mistake must notice. */
    private @Nullable Group group(@Nullable String name) {
        return name == null ? Group.ALL : groups.get(name);
    }

    private void answer(
            String probe, boolean yes, String word, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        metrics.probed(probe, word);
        if (readiness.state() == State.DRAINING && request.getProtocol().startsWith("HTTP/1")) {
            // So that no kept connection outlives the node. HTTP/2 forbids the header.
            response.setHeader("Connection", "close");
        }
        Reply.word(yes ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE, word)
                .send(request, response);
    }

    private static Prober proberOf(HttpServletRequest request) {
        return new Prober(
                request.getRemoteAddr(),
                Objects.requireNonNullElse(request.getHeader("User-Agent"), ""),
                Objects.requireNonNullElse(request.getParameter("lb"), ""));
    }
}
