package io.flotilla.health.internal;

import java.net.URI;
import java.time.Duration;
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
        int probesToAcknowledge) {

    public HealthConfig {
        between("checkInterval", checkInterval, Duration.ofMillis(100), Duration.ofHours(1));
        between("checkTimeout", checkTimeout, Duration.ofMillis(10), Duration.ofMinutes(5));
        between("heartbeatInterval", heartbeatInterval, Duration.ofMillis(100), Duration.ofMinutes(1));
        require(
                url == null || isWebAddress(url),
                "url",
                "be an absolute http or https address without user, query and fragment",
                url);
        if (adminToken != null) {
            require(adminToken.fitsHeader(), "adminToken", "hold visible ASCII characters only", adminToken);
            require(
                    adminToken.length() >= 16,
                    "adminToken",
                    "have at least 16 characters",
                    adminToken.length() + " characters long");
        }
        between("drainTimeout", drainTimeout, Duration.ZERO, Duration.ofMinutes(10));
        between("drainQuiet", drainQuiet, Duration.ZERO, Duration.ofMinutes(1));
        require(
                probesToAcknowledge >= 1 && probesToAcknowledge <= 20,
                "probesToAcknowledge",
                "be between 1 and 20",
                probesToAcknowledge);
    }

    private static void between(String setting, Duration value, Duration least, Duration most) {
        require(
                value.compareTo(least) >= 0 && value.compareTo(most) <= 0,
                setting,
                "be between " + least + " and " + most,
                value);
    }

    private static void require(boolean holds, String setting, String rule, @Nullable Object value) {
        if (!holds) {
            throw new IllegalArgumentException("health." + setting + " must " + rule + ", was " + value);
        }
    }

    private static boolean isWebAddress(URI url) {
        return ("http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme()))
                && url.getHost() != null
                && url.getUserInfo() == null
                && url.getQuery() == null
                && url.getFragment() == null;
    }
}
