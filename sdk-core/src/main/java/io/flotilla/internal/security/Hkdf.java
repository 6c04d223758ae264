package io.flotilla.internal.security;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Derives independent keys from one secret: HKDF with SHA-256, RFC 5869. */
final class Hkdf {
    private static final String HMAC = "HmacSHA256";
    private static final int BLOCK = 32;

    private Hkdf() {}

    /** The key for a purpose; keys of different purposes tell nothing of each other or of the secret. */
    static byte[] derive(byte[] secret, String purpose, int length) {
        return derive(secret, new byte[BLOCK], purpose.getBytes(StandardCharsets.UTF_8), length);
    }

    static byte[] derive(byte[] secret, byte[] salt, byte[] info, int length) {
        Mac extracted = hmac(hmac(salt).doFinal(secret));
        byte[] key = new byte[length];
        byte[] block = {};
        for (int counter = 1, done = 0; done < length; counter++) {
            extracted.update(block);
            extracted.update(info);
            extracted.update((byte) counter);
            block = extracted.doFinal();
            int more = Math.min(BLOCK, length - done);
            System.arraycopy(block, 0, key, done, more);
            done += more;
        }
        Arrays.fill(block, (byte) 0);
        return key;
    }

    /** HMAC with SHA-256 under a key; every JDK must have it. */
    static Mac hmac(byte[] key) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return mac;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
