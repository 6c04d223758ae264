package io.flotilla.cache.internal.page;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/** SHA-256: the same on all members. */
final class Digests {
    private static final int TAG_BYTES = 18;

    private Digests() {}

    /** A strong entity tag (RFC 9110, section 8.8.3). */
    static String entityTag(byte[] bytes) {
        byte[] start = new byte[TAG_BYTES];
        System.arraycopy(sha256(bytes), 0, start, 0, TAG_BYTES);
        return '"' + Base64.getUrlEncoder().withoutPadding().encodeToString(start) + '"';
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(sha256(bytes));
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible); // every Java platform has it
        }
    }
}
