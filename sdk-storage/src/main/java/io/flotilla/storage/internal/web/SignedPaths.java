package io.flotilla.storage.internal.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flotilla.spi.Check;
import io.flotilla.spi.Sealer;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Paths that carry their own permission: when it ends and for which path it is, sealed under the cluster's secret. All
 * nodes can open it, and go on to do so while secrets are being changed.
 */
public final class SignedPaths {
    static final String PARAMETER = "signature";

    private static final Duration LONGEST = Duration.ofDays(365);

    private final Sealer sealer;
    private final InstantSource clock;

    public SignedPaths(Sealer sealer, InstantSource clock) {
        this.sealer = sealer;
        this.clock = clock;
    }

    /** The path with a signature that is good for that time. */
    public String sign(String path, Duration time) {
        String decoded = decoded(path);
        Check.that(
                path.startsWith("/") && decoded != null && path.indexOf('?') < 0 && path.indexOf('#') < 0,
                "storage.path must begin with a slash, be percent-encoded and have no query, was %s characters long",
                path.length());
        Check.between("storage.signature", time, Duration.ofSeconds(1), LONGEST);
        long until = clock.millis() + time.toMillis();
        byte[] sealed = sealer.seal(permission(until, String.valueOf(decoded)));
        return path + "?" + PARAMETER + "="
                + Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
    }

    /** Whether a signature is one for that path, and still good. */
    boolean permits(String path, @Nullable String signature) {
        String decoded = decoded(path);
        byte[] sealed = bytes(signature);
        if (decoded == null || sealed == null) {
            return false;
        }
        return sealer.open(sealed)
                .filter(opened -> opened.length > Long.BYTES)
                .filter(opened -> permits(opened, decoded))
                .isPresent();
    }

    private boolean permits(byte[] opened, String path) {
        long until = ByteBuffer.wrap(opened).getLong();
        return MessageDigest.isEqual(opened, permission(until, path)) && clock.millis() < until;
    }

    /** When it ends, and for which path it is. */
    private static byte[] permission(long until, String path) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(path.getBytes(UTF_8));
            return ByteBuffer.allocate(Long.BYTES + digest.length)
                    .putLong(until)
                    .put(digest)
                    .array();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Browsers encode some characters that others leave alone; null if it is no path. */
    private static @Nullable String decoded(String path) {
        try {
            return new URI(path).getPath();
        } catch (URISyntaxException wrong) {
            return null;
        }
    }

    private static byte @Nullable [] bytes(@Nullable String signature) {
        try {
            return signature == null ? null : Base64.getUrlDecoder().decode(signature);
        } catch (IllegalArgumentException wrong) {
            return null;
        }
    }
}
