package io.flotilla.health.internal;

import io.flotilla.spi.Check;
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
    }

    private static boolean isWebAddress(URI url) {
        return ("http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme()))
                && url.getHost() != null
                && url.getUserInfo() == null
                && url.getQuery() == null
                && url.getFragment() == null;
    }
}
