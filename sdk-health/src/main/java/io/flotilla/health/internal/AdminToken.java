package io.flotilla.health.internal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** A secret that never shows in a log line and is compared in constant time. */
public final class AdminToken {
    private final byte[] token;

    public AdminToken(String token) {
        this.token = token.getBytes(StandardCharsets.UTF_8);
    }

    boolean matches(String presented) {
        return MessageDigest.isEqual(token, presented.getBytes(StandardCharsets.UTF_8));
    }

    int length() {
        return token.length;
    }

    /** Anything else would get lost or changed in a header, and a token from a file easily ends in a line feed. */
    boolean fitsHeader() {
        for (byte each : token) {
            if (each <= ' ' || each > '~') {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return "***";
    }
}
