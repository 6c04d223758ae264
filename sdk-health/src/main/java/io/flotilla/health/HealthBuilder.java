package io.flotilla.health;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import io.flotilla.health.internal.AdminToken;
import io.flotilla.health.internal.HealthConfig;
import io.flotilla.spi.Check;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the health module. Every one has a default; making one twice is an error. Not thread-safe.
 *
 * @since 0.1
 */
public final class HealthBuilder {
    private @Nullable Duration checkInterval;
    private @Nullable Duration checkTimeout;
    private @Nullable Duration heartbeatInterval;
    private @Nullable URI url;
    private @Nullable AdminToken adminToken;
    private @Nullable Duration drainTimeout;
    private @Nullable Duration drainQuiet;
    private @Nullable Integer probesToAcknowledge;

    HealthBuilder() {}

    /**
     * Time between two runs of a check. Default 1 second.
     *
     * @param interval 100 ms to 1 h
     * @return this builder
     */
    public HealthBuilder checkInterval(Duration interval) {
        checkInterval = Check.once(checkInterval, requireNonNull(interval, "interval"), "health.checkInterval");
        return this;
    }

    /**
     * How long a check may take before it counts as {@link Health.State#DOWN}, until it answers. Default 2 seconds.
     *
     * @param timeout 10 ms to 5 min
     * @return this builder
     */
    public HealthBuilder checkTimeout(Duration timeout) {
        checkTimeout = Check.once(checkTimeout, requireNonNull(timeout, "timeout"), "health.checkTimeout");
        return this;
    }

    /**
     * How often this node tells the others how it is doing. Default 1 second. A change of state is told at once.
     *
     * @param interval 100 ms to 1 min
     * @return this builder
     */
    public HealthBuilder heartbeatInterval(Duration interval) {
        heartbeatInterval =
                Check.once(heartbeatInterval, requireNonNull(interval, "interval"), "health.heartbeatInterval");
        return this;
    }

    /**
     * Where balancers reach this node's web server; shown in the table of nodes. Default: unknown.
     *
     * @param url an absolute http or https address without user, query and fragment, such as {@code http://10.0.0.1:8080}
     * @return this builder
     */
    public HealthBuilder url(URI url) {
        this.url = Check.once(this.url, requireNonNull(url, "url"), "health.url");
        return this;
    }

    /**
     * The secret that opens details, the table of nodes and what {@link Health#adminOnly()} guards. Default: none, and
     * those are closed to everybody.
     *
     * @param token at least 8 visible ASCII characters; random ones, 20 or more, are what keeps strangers out
     * @return this builder
     */
    public HealthBuilder adminToken(String token) {
        adminToken = Check.once(adminToken, new AdminToken(requireNonNull(token, "token")), "health.adminToken");
        return this;
    }

    /**
     * How long a closing cluster waits at most for balancers to see that this node is leaving. Default 10 seconds. The
     * whole shutdown is bounded by {@link io.flotilla.ClusterBuilder#shutdownTimeout} besides.
     *
     * @param timeout 0 (do not wait) to 10 min
     * @return this builder
     */
    public HealthBuilder drainTimeout(Duration timeout) {
        drainTimeout = Check.once(drainTimeout, requireNonNull(timeout, "timeout"), "health.drainTimeout");
        return this;
    }

    /**
     * For how long no request may have come in before a closing cluster goes on: a balancer that does not probe is known
     * by its traffic only. Default 500 milliseconds.
     *
     * @param quiet 0 (do not wait for silence) to 1 min
     * @return this builder
     */
    public HealthBuilder drainQuiet(Duration quiet) {
        drainQuiet = Check.once(drainQuiet, requireNonNull(quiet, "quiet"), "health.drainQuiet");
        return this;
    }

    /**
     * How many times in a row each balancer must have been told that this node is not ready before a closing cluster goes
     * on. Default 3. Set it to the largest number of failed probes after which a balancer takes a node out ({@code fall}
     * in HAProxy, {@code threshold} in Varnish).
     *
     * @param probes 1 to 20
     * @return this builder
     */
    public HealthBuilder probesToAcknowledge(int probes) {
        probesToAcknowledge = Check.once(probesToAcknowledge, probes, "health.probesToAcknowledge");
        return this;
    }

    HealthConfig build() {
        return new HealthConfig(
                requireNonNullElse(checkInterval, Duration.ofSeconds(1)),
                requireNonNullElse(checkTimeout, Duration.ofSeconds(2)),
                requireNonNullElse(heartbeatInterval, Duration.ofSeconds(1)),
                url,
                adminToken,
                requireNonNullElse(drainTimeout, Duration.ofSeconds(10)),
                requireNonNullElse(drainQuiet, Duration.ofMillis(500)),
                requireNonNullElse(probesToAcknowledge, 3));
    }
}
