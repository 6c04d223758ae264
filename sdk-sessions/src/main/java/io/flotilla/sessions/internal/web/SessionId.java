package io.flotilla.sessions.internal.web;

import io.flotilla.sessions.internal.wire.SecretHash;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A session id as the cookie carries it: the record's key, which stays for the session's life, and a secret, which changes
 * with the id. The cluster stores only the secret's hash, so that a dump of it holds no usable cookie.
 */
final class SessionId {
    private static final int KEY_CHARS = 20; // 120 random bits
    private static final int SECRET_CHARS = 24; // 144 random bits
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final MessageDigest SHA256 = newSha256();

    private final String value;

    private SessionId(String value) {
        this.value = value;
    }

    static SessionId create() {
        return new SessionId(random(KEY_CHARS) + random(SECRET_CHARS));
    }

    /** Reads an id from a request; null if it cannot be one of ours. */
    static @Nullable SessionId parse(String text) {
        return text.length() == KEY_CHARS + SECRET_CHARS && isBase64(text) ? new SessionId(text) : null;
    }

    private static boolean isBase64(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isBase64(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isBase64(char each) {
        return (each >= 'a' && each <= 'z')
                || (each >= 'A' && each <= 'Z')
                || (each >= '0' && each <= '9')
                || each == '-'
                || each == '_';
    }

    /** The id of a record whose secret is known. */
    static SessionId of(String key, byte[] secret) {
        return new SessionId(key + Base64.getUrlEncoder().encodeToString(secret));
    }

    /** The id of a record whose secret nobody can tell: its beginning. */
    static SessionId withoutSecret(String key) {
        return new SessionId(key);
    }

    /** The secret, to be sealed. */
    byte[] secret() {
        return Base64.getUrlDecoder().decode(value.substring(KEY_CHARS));
    }

    /** The same session under a new id. */
    SessionId withNewSecret() {
        return new SessionId(key() + random(SECRET_CHARS));
    }

    String value() {
        return value;
    }

    String key() {
        return value.substring(0, KEY_CHARS);
    }

    /**
     * The secret's hash as stored. The web application is part of it, so that a cookie of one application opens nothing
     * in another. A plain hash will do: the secret is random and long.
     */
    byte[] hash(String application) {
        MessageDigest digest = sha256();
        digest.update(application.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        byte[] whole = digest.digest(value.substring(KEY_CHARS).getBytes(StandardCharsets.US_ASCII));
        return Arrays.copyOf(whole, SecretHash.LENGTH);
    }

    /** For logs: tells two sessions apart and gives nothing away. */
    @Override
    public String toString() {
        byte[] hash = sha256().digest(key().getBytes(StandardCharsets.US_ASCII));
        return HexFormat.of().formatHex(hash, 0, 3);
    }

    private static String random(int chars) {
        byte[] bytes = new byte[chars * 3 / 4];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().encodeToString(bytes);
    }

    private static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JVM has SHA-256", impossible);
        }
    }

    /** A copy of one that is never used: looking for a provider takes longer than hashing. */
    private static MessageDigest sha256() {
        try {
            return (MessageDigest) SHA256.clone();
        } catch (CloneNotSupportedException byThisProvider) {
            return newSha256();
        }
    }
}
