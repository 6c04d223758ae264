package io.flotilla.sessions.internal;

import io.flotilla.sessions.internal.codec.CodecConfig;
import io.flotilla.spi.Check;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** The settings of the sessions module; all validation is here. */
public record SessionsConfig(
        @Nullable Duration timeout, int backups, long localCopies, Duration sweepInterval, CodecConfig attributes) {
    private static final Duration LONGEST = Duration.ofDays(3650);

    public SessionsConfig {
        if (timeout != null) {
            Check.between("sessions.timeout", timeout, Duration.ofSeconds(1), LONGEST);
            Check.that(
                    timeout.equals(timeout.truncatedTo(ChronoUnit.SECONDS)),
                    "sessions.timeout must be whole seconds, was %s",
                    timeout);
        }
        Check.that(backups >= 0 && backups <= 6, "sessions.backups must be between 0 and 6, was %d", backups);
        Check.that(
                localCopies >= 0 && localCopies <= 1L << 40,
                "sessions.localCopies must be between 0 and 1 TiB in bytes, was %d",
                localCopies);
        Check.between("sessions.sweepInterval", sweepInterval, Duration.ofSeconds(1), Duration.ofHours(1));
    }
}
