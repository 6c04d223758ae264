package io.flotilla.sessions.internal;

import io.flotilla.sessions.AttributeMerger;
import io.flotilla.sessions.NonSerializable;
import io.flotilla.sessions.UnreadablePolicy;
import io.flotilla.sessions.internal.web.ExclusiveRule;
import io.flotilla.sessions.internal.web.PrincipalRule;
import io.flotilla.sessions.internal.web.SizeLimits;
import io.flotilla.spi.Check;
import io.flotilla.spi.codec.CodecSettings;
import jakarta.servlet.http.HttpSessionAttributeListener;
import jakarta.servlet.http.HttpSessionIdListener;
import jakarta.servlet.http.HttpSessionListener;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.EventListener;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The settings of the sessions module; all validation is here. */
public record SessionsConfig(
        @Nullable Duration timeout,
        int backups,
        long localCopies,
        Duration sweepInterval,
        SizeLimits limits,
        NonSerializable nonSerializable,
        @Nullable AttributeMerger merger,
        List<EventListener> listeners,
        CodecSettings attributes,
        UnreadablePolicy onUnreadable,
        @Nullable Duration lifetime,
        PrincipalRule principal,
        @Nullable Integer sessionsPerPrincipal,
        ExclusiveRule exclusive,
        @Nullable Duration turnTimeout,
        @Nullable String header) {
    private static final Duration LONGEST = Duration.ofDays(3650);
    private static final Duration TURN_TIMEOUT = Duration.ofSeconds(15);
    private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+"); // RFC 9110, token

    public SessionsConfig {
        if (timeout != null) {
            Check.between("sessions.timeout", timeout, Duration.ofSeconds(1), LONGEST);
            Check.that(
                    timeout.equals(timeout.truncatedTo(ChronoUnit.SECONDS)),
                    "sessions.timeout must be whole seconds, was %s",
                    timeout);
        }
        if (lifetime != null) {
            Check.between("sessions.lifetime", lifetime, Duration.ofSeconds(1), LONGEST);
            Check.that(
                    lifetime.equals(lifetime.truncatedTo(ChronoUnit.SECONDS)),
                    "sessions.lifetime must be whole seconds, was %s",
                    lifetime);
        }
        if (sessionsPerPrincipal != null) {
            Check.that(
                    sessionsPerPrincipal >= 1 && sessionsPerPrincipal <= 1_000_000,
                    "sessions.sessionsPerPrincipal must be between 1 and 1000000, was %d",
                    sessionsPerPrincipal);
            Check.that(
                    principal.isThere(),
                    "sessions.sessionsPerPrincipal must be set together with sessions.principal, was %d without it",
                    sessionsPerPrincipal);
        }
        if (turnTimeout != null) {
            Check.between("sessions.turnTimeout", turnTimeout, Duration.ZERO, Duration.ofMinutes(10));
            Check.that(
                    exclusive.isThere(),
                    "sessions.turnTimeout must be set together with sessions.exclusive, was %s without it",
                    turnTimeout);
        }
        if (header != null) {
            Check.that(
                    HEADER_NAME.matcher(header).matches(),
                    "sessions.header must be a header's name of letters, digits and !#$%%&'*+-.^_`|~, was %s",
                    header);
        }
        Check.that(backups >= 0 && backups <= 6, "sessions.backups must be between 0 and 6, was %d", backups);
        Check.that(
                localCopies >= 0 && localCopies <= 1L << 40,
                "sessions.localCopies must be between 0 and 1 TiB in bytes, was %d",
                localCopies);
        Check.that(
                limits.attribute() >= 1024 && limits.attribute() <= 1L << 30,
                "sessions.maxAttributeSize must be between 1 KiB and 1 GiB in bytes, was %d",
                limits.attribute());
        Check.that(
                limits.session() >= limits.attribute() && limits.session() <= 1L << 30,
                "sessions.maxSessionSize must be between sessions.maxAttributeSize and 1 GiB in bytes, was %d",
                limits.session());
        listeners.forEach(SessionsConfig::checkListener);
        listeners = List.copyOf(listeners);
        Check.between("sessions.sweepInterval", sweepInterval, Duration.ofSeconds(1), Duration.ofHours(1));
    }

    /** How much memory the bytes of sessions may take that this member has seen. */
    long localBytes() {
        return localCopies / 4;
    }

    /** How much memory their objects may take, which count five times their bytes. */
    public long localObjects() {
        return localCopies - localBytes();
    }

    /** After how long sessions end however much they are used; zero for never. */
    public int lifetimeSeconds() {
        return lifetime == null ? 0 : (int) lifetime.toSeconds();
    }

    /** How long an exclusive request waits for its turn. */
    public Duration turnPatience() {
        return turnTimeout == null ? TURN_TIMEOUT : turnTimeout;
    }

    /** How many sessions a principal may have. */
    int mostPerPrincipal() {
        return sessionsPerPrincipal == null ? Integer.MAX_VALUE : sessionsPerPrincipal;
    }

    private static void checkListener(EventListener listener) {
        boolean known = listener instanceof HttpSessionListener
                || listener instanceof HttpSessionAttributeListener
                || listener instanceof HttpSessionIdListener;
        Check.that(
                known,
                "sessions.listener must be an HttpSessionListener, HttpSessionAttributeListener or HttpSessionIdListener,"
                        + " was of %s",
                listener.getClass().getName());
    }
}
