package io.flotilla.health.internal;

import io.flotilla.health.internal.checks.Group;
import io.flotilla.health.internal.checks.Limits;
import io.flotilla.health.internal.checks.SelfProbe;
import io.flotilla.spi.Check;
import io.flotilla.spi.HealthCheck;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The settings of the module; all validation is here. */
public record HealthConfig(
        Duration checkInterval,
        Duration checkTimeout,
        Duration heartbeatInterval,
        @Nullable URI url,
        @Nullable AdminToken adminToken,
        Duration drainTimeout,
        Duration drainQuiet,
        int probesToAcknowledge,
        @Nullable Limits heap,
        @Nullable Limits memory,
        @Nullable Limits pressure,
        @Nullable Limits cpu,
        List<HealthCheck> checks,
        int failuresToDown,
        int successesToUp,
        Duration flappingHold,
        Map<String, Group> groups) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9.-]{1,40}");
    private static final List<String> OWN_NAMES = List.of("member", "deadlock", "heap", "memory", "pressure", "cpu");

    public HealthConfig {
        Check.between("health.checkInterval", checkInterval, Duration.ofMillis(100), Duration.ofHours(1));
        Check.between("health.checkTimeout", checkTimeout, Duration.ofMillis(10), Duration.ofMinutes(5));
        Check.between("health.heartbeatInterval", heartbeatInterval, Duration.ofMillis(100), Duration.ofMinutes(1));
        Check.that(
                url == null || isWebAddress(url),
                "health.url must be an absolute http or https address without user, query and fragment, was %s",
                url);
        if (adminToken != null) {
            Check.that(
                    adminToken.fitsHeader(),
                    "health.adminToken must hold visible ASCII characters only, was %s",
                    adminToken);
            Check.that(
                    adminToken.length() >= 8,
                    "health.adminToken must have at least 8 characters, was %d characters long",
                    adminToken.length());
        }
        Check.between("health.drainTimeout", drainTimeout, Duration.ZERO, Duration.ofMinutes(10));
        Check.between("health.drainQuiet", drainQuiet, Duration.ZERO, Duration.ofMinutes(1));
        Check.that(
                probesToAcknowledge >= 1 && probesToAcknowledge <= 20,
                "health.probesToAcknowledge must be between 1 and 20, was %d",
                probesToAcknowledge);
        checkLimits("heap", heap);
        checkLimits("memory", memory);
        checkLimits("pressure", pressure);
        checkLimits("cpu", cpu);
        checks = List.copyOf(checks);
        List<String> names = checks.stream().map(HealthCheck::name).toList();
        Check.that(
                names.stream().allMatch(each -> NAME.matcher(each).matches()),
                "health.checks must have names of 1 to 40 lower-case letters, digits, '-' and '.', was %s",
                names);
        Check.that(
                new HashSet<>(names).size() == names.size() && Collections.disjoint(names, OWN_NAMES),
                "health.checks must have different names, and none of %s, was %s",
                OWN_NAMES,
                names);
        for (HealthCheck each : checks) {
            Check.that(
                    !(each instanceof SelfProbe probe) || isWebAddress(probe.address()),
                    "health.selfProbe must be an absolute http or https address without user, query and fragment, was %s",
                    each);
        }
        checkTimes("failuresToDown", failuresToDown);
        checkTimes("successesToUp", successesToUp);
        Check.between("health.flappingHold", flappingHold, Duration.ZERO, Duration.ofMinutes(10));
        groups = Map.copyOf(groups);
        for (String each : groups.keySet()) {
            Check.that(
                    NAME.matcher(each).matches(),
                    "health.groups must have names of 1 to 40 lower-case letters, digits, '-' and '.', was %s",
                    each);
        }
    }

    private static void checkLimits(String setting, @Nullable Limits limits) {
        Check.that(
                limits == null || limits.areInOrder(),
                "health.%s must be above 0, at most 1, and higher for DOWN than for DEGRADED, was %s",
                setting,
                limits);
    }

    private static void checkTimes(String setting, int times) {
        Check.that(times >= 1 && times <= 20, "health.%s must be between 1 and 20, was %d", setting, times);
    }

    private static boolean isWebAddress(URI url) {
        return ("http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme()))
                && url.getHost() != null
                && url.getUserInfo() == null
                && url.getQuery() == null
                && url.getFragment() == null;
    }
}
