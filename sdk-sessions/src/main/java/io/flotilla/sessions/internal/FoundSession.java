package io.flotilla.sessions.internal;

import io.flotilla.sessions.SessionInfo;
import io.flotilla.sessions.internal.store.Principals;
import io.flotilla.sessions.internal.wire.SessionSummary;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/** A session of a principal's as an operator sees it. */
record FoundSession(
        String handle,
        String application,
        Instant created,
        Instant lastAccessed,
        Optional<Duration> timeout,
        Map<String, Integer> attributes)
        implements SessionInfo {
    private static final int HANDLE = 16; // bytes

    static FoundSession of(String application, Principals.Found found) {
        SessionSummary summary = found.summary();
        int seconds = summary.maxInactiveSeconds();
        return new FoundSession(
                handleOf(found.key()),
                application,
                Instant.ofEpochMilli(summary.created()),
                Instant.ofEpochMilli(summary.lastAccessed()),
                seconds > 0 ? Optional.of(Duration.ofSeconds(seconds)) : Optional.empty(),
                Collections.unmodifiableMap(summary.sizes()));
    }

    /** Tells one session from another, and not its key. */
    static String handleOf(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, HANDLE);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JVM has SHA-256", impossible);
        }
    }
}
