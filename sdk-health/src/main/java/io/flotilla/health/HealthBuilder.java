package io.flotilla.health;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import io.flotilla.health.internal.AdminToken;
import io.flotilla.health.internal.HealthConfig;
import io.flotilla.health.internal.checks.Advisory;
import io.flotilla.health.internal.checks.DataSourceCheck;
import io.flotilla.health.internal.checks.DiskCheck;
import io.flotilla.health.internal.checks.Group;
import io.flotilla.health.internal.checks.Limits;
import io.flotilla.health.internal.checks.SelfProbe;
import io.flotilla.health.internal.checks.ThreadPoolCheck;
import io.flotilla.spi.Check;
import io.flotilla.spi.HealthCheck;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadPoolExecutor;
import javax.sql.DataSource;
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
    private @Nullable Limits heap;
    private @Nullable Limits memory;
    private @Nullable Limits pressure;
    private @Nullable Limits cpu;
    private final List<HealthCheck> checks = new ArrayList<>();
    private @Nullable Integer failuresToDown;
    private @Nullable Integer successesToUp;
    private @Nullable Duration flappingHold;
    private final Map<String, Group> groups = new HashMap<>();

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

    /**
     * Switches on the check {@code heap}: what the last collection of the old generation left over, as a fraction of that
     * generation's maximum. Unknown, and so UP, before the first one. Default: off.
     *
     * @param degradedFrom the node is {@link Health.State#DEGRADED} from here on; above 0, at most 1
     * @return this builder
     */
    public HealthBuilder heap(double degradedFrom) {
        return heap(new Limits(degradedFrom, null));
    }

    /**
     * Like {@link #heap(double)}, and takes the node out of rotation when it gets worse.
     *
     * @param degradedFrom the node is {@link Health.State#DEGRADED} from here on; above 0
     * @param downFrom the node is {@link Health.State#DOWN} from here on; above {@code degradedFrom}, at most 1
     * @return this builder
     */
    public HealthBuilder heap(double degradedFrom, double downFrom) {
        return heap(new Limits(degradedFrom, downFrom));
    }

    private HealthBuilder heap(Limits limits) {
        heap = Check.once(heap, limits, "health.heap");
        return this;
    }

    /**
     * Switches on the check {@code memory}: the fullest of this process's control groups and of the machine, as a fraction;
     * the memory that was promised too, where the kernel enforces its limit. What is unknown does not count. Default: off.
     *
     * @param degradedFrom the node is {@link Health.State#DEGRADED} from here on; above 0, at most 1
     * @return this builder
     */
    public HealthBuilder memory(double degradedFrom) {
        return memory(new Limits(degradedFrom, null));
    }

    /**
     * Like {@link #memory(double)}, and takes the node out of rotation when it gets worse.
     *
     * @param degradedFrom the node is {@link Health.State#DEGRADED} from here on; above 0
     * @param downFrom the node is {@link Health.State#DOWN} from here on; above {@code degradedFrom}, at most 1
     * @return this builder
     */
    public HealthBuilder memory(double degradedFrom, double downFrom) {
        return memory(new Limits(degradedFrom, downFrom));
    }

    private HealthBuilder memory(Limits limits) {
        memory = Check.once(memory, limits, "health.memory");
        return this;
    }

    /**
     * Switches on the check {@code pressure}: the share of the last ten seconds in which some task waited for memory, as the
     * kernel counts it. Unknown, and so UP, on kernels that do not. Default: off; 0.1 is a good value.
     *
     * @param degradedFrom the node is {@link Health.State#DEGRADED} from here on; above 0, at most 1
     * @return this builder
     */
    public HealthBuilder pressure(double degradedFrom) {
        return pressure(new Limits(degradedFrom, null));
    }

    /**
     * Like {@link #pressure(double)}, and takes the node out of rotation while <em>all</em> tasks wait for memory too much.
     *
     * @param degradedFrom the node is {@link Health.State#DEGRADED} from here on; above 0
     * @param downFrom the node is {@link Health.State#DOWN} from this share of time on in which all tasks wait; above {@code
     *     degradedFrom}, at most 1
     * @return this builder
     */
    public HealthBuilder pressure(double degradedFrom, double downFrom) {
        return pressure(new Limits(degradedFrom, downFrom));
    }

    private HealthBuilder pressure(Limits limits) {
        pressure = Check.once(pressure, limits, "health.pressure");
        return this;
    }

    /**
     * Switches on the check {@code cpu}: the load of the container or machine, or the share of scheduler periods in which the
     * CPU quota ran out, whichever is higher. Default: off.
     *
     * @param degradedFrom the node is {@link Health.State#DEGRADED} from here on; above 0, at most 1
     * @return this builder
     */
    public HealthBuilder cpu(double degradedFrom) {
        return cpu(new Limits(degradedFrom, null));
    }

    /**
     * Like {@link #cpu(double)}, and takes the node out of rotation when it gets worse. Mind that its share of the requests
     * goes to the others then.
     *
     * @param degradedFrom the node is {@link Health.State#DEGRADED} from here on; above 0
     * @param downFrom the node is {@link Health.State#DOWN} from here on; above {@code degradedFrom}, at most 1
     * @return this builder
     */
    public HealthBuilder cpu(double degradedFrom, double downFrom) {
        return cpu(new Limits(degradedFrom, downFrom));
    }

    private HealthBuilder cpu(Limits limits) {
        cpu = Check.once(cpu, limits, "health.cpu");
        return this;
    }

    /**
     * Adds a check of the room on a file system: {@link Health.State#DOWN} below {@code minFree}, or if it cannot be read,
     * {@link Health.State#DEGRADED} below twice of that.
     *
     * @param name the check's name, of up to 40 lower-case letters, digits, {@code -} and {@code .}
     * @param path a file or folder on it
     * @param minFree in bytes
     * @return this builder
     */
    public HealthBuilder disk(String name, Path path, long minFree) {
        return add(new DiskCheck(requireNonNull(name, "name"), requireNonNull(path, "path"), minFree));
    }

    /**
     * Adds a check of a pool of threads: {@link Health.State#DEGRADED} while tasks wait for a thread, {@link
     * Health.State#DOWN} when the next task would be refused.
     *
     * @param name the check's name, of up to 40 lower-case letters, digits, {@code -} and {@code .}
     * @param pool stays the caller's: it is asked only, and never shut down
     * @return this builder
     */
    public HealthBuilder threadPool(String name, ThreadPoolExecutor pool) {
        return add(new ThreadPoolCheck(requireNonNull(name, "name"), requireNonNull(pool, "pool")));
    }

    /**
     * Adds a check of a database: {@link Health.State#DEGRADED} if it gives no connection that works, or none in time. It never
     * takes a node out of rotation, since all nodes would leave together.
     *
     * @param name the check's name, of up to 40 lower-case letters, digits, {@code -} and {@code .}
     * @param source asked for a connection each time
     * @return this builder
     */
    public HealthBuilder dataSource(String name, DataSource source) {
        return add(new Advisory(new DataSourceCheck(requireNonNull(name, "name"), requireNonNull(source, "source"))));
    }

    /**
     * Adds a check of a database that is this node's own: {@link Health.State#DOWN} if it gives no connection that works. For a
     * database that all nodes share use {@link #dataSource}.
     *
     * @param name the check's name, of up to 40 lower-case letters, digits, {@code -} and {@code .}
     * @param source asked for a connection each time
     * @return this builder
     */
    public HealthBuilder requiredDataSource(String name, DataSource source) {
        return add(new DataSourceCheck(requireNonNull(name, "name"), requireNonNull(source, "source")));
    }

    private HealthBuilder add(HealthCheck check) {
        checks.add(check);
        return this;
    }

    /**
     * How many times in a row a check must fail before it counts as {@link Health.State#DOWN}; until then it is {@link
     * Health.State#DEGRADED}. Default 1: balancers count failures themselves. A check that does not answer in time is DOWN at
     * once.
     *
     * @param failures 1 to 20
     * @return this builder
     */
    public HealthBuilder failuresToDown(int failures) {
        failuresToDown = Check.once(failuresToDown, failures, "health.failuresToDown");
        return this;
    }

    /**
     * How many times in a row a check that was {@link Health.State#DOWN} must be good before it counts as that. Default 1. One
     * that fell three times within a minute must besides stay good for {@link #flappingHold}.
     *
     * @param successes 1 to 20
     * @return this builder
     */
    public HealthBuilder successesToUp(int successes) {
        successesToUp = Check.once(successesToUp, successes, "health.successesToUp");
        return this;
    }

    /**
     * For how long a check that fell three times within a minute must stay good before it counts as that: a node that comes and
     * goes fails more requests than one that stays out. Default 30 seconds.
     *
     * @param hold 0 (not at all) to 10 min
     * @return this builder
     */
    public HealthBuilder flappingHold(Duration hold) {
        flappingHold = Check.once(flappingHold, requireNonNull(hold, "hold"), "health.flappingHold");
        return this;
    }

    /**
     * Adds the check {@code self-probe}, which asks this node's own web server: {@link Health.State#DOWN} after three probes
     * without an answer in 0.8 seconds, whatever an answer says. Finds a server that takes no connections any more, or has no
     * thread left to answer them.
     *
     * @param address an http or https address of this node, best of its own {@code live} endpoint
     * @return this builder
     */
    public HealthBuilder selfProbe(URI address) {
        return add(new SelfProbe(requireNonNull(address, "address")));
    }

    /**
     * Adds a group: {@code ready?group=NAME} asks these checks only. As long as one of them is not there the group is {@link
     * Health.State#STARTING}.
     *
     * @param name of up to 40 lower-case letters, digits, {@code -} and {@code .}
     * @param checks names of checks
     * @return this builder
     */
    public HealthBuilder group(String name, Set<String> checks) {
        return add(requireNonNull(name, "name"), new Group(true, requireNonNull(checks, "checks")));
    }

    /**
     * Adds a group: {@code ready?group=NAME} asks all checks but these.
     *
     * @param name of up to 40 lower-case letters, digits, {@code -} and {@code .}
     * @param checks names of checks
     * @return this builder
     */
    public HealthBuilder groupWithout(String name, Set<String> checks) {
        return add(requireNonNull(name, "name"), new Group(false, requireNonNull(checks, "checks")));
    }

    private HealthBuilder add(String name, Group group) {
        groups.put(name, Check.once(groups.get(name), group, "health.group"));
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
                requireNonNullElse(probesToAcknowledge, 3),
                heap,
                memory,
                pressure,
                cpu,
                checks,
                requireNonNullElse(failuresToDown, 1),
                requireNonNullElse(successesToUp, 1),
                requireNonNullElse(flappingHold, Duration.ofSeconds(30)),
                groups);
    }
}
