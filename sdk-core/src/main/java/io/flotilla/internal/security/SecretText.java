package io.flotilla.internal.security;

import io.flotilla.spi.Check;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Secrets as people keep them: words of printable ASCII with white space between them, each word a secret, as it stands and
 * not decoded. Anything else is one binary secret.
 */
public final class SecretText {
    /** What a secret must have at least; 256 bits if they are random. */
    public static final int MIN_BYTES = 32;

    /** Fewer different bytes than this in a secret mean that nobody threw dice for it. */
    private static final int MIN_DIFFERENT = 8;

    private SecretText() {}

    /** A new secret: 32 random bytes in Base64, 44 characters. */
    public static String generate() {
        byte[] random = new byte[MIN_BYTES];
        new SecureRandom().nextBytes(random);
        return Base64.getEncoder().encodeToString(random);
    }

    static List<byte[]> parse(byte[] content, String where) {
        List<byte[]> secrets = isText(content) ? words(content) : List.of(content.clone());
        Check.that(!secrets.isEmpty(), "cluster.security must have a secret %s, which is empty", where);
        secrets.forEach(each -> check(each, where));
        return secrets;
    }

    /** The message tells the length and never a byte of the secret. */
    static void check(byte[] secret, String where) {
        Check.that(
                secret.length >= MIN_BYTES,
                "cluster.security must have secrets of at least %d bytes, was one of %d bytes %s; make one with"
                        + " Security.newSecret() or 'openssl rand -base64 32'",
                MIN_BYTES,
                secret.length,
                where);
        boolean[] seen = new boolean[0x100];
        int different = 0;
        for (byte each : secret) {
            different += seen[each & 0xff] ? 0 : 1;
            seen[each & 0xff] = true;
        }
        Check.that(
                different >= MIN_DIFFERENT,
                "cluster.security must have random secrets, was one with only %d different bytes %s; make one with"
                        + " Security.newSecret() or 'openssl rand -base64 32'",
                different,
                where);
    }

    private static boolean isText(byte[] content) {
        for (byte each : content) {
            if (!isWhiteSpace(each) && (each < '!' || each > '~')) {
                return false;
            }
        }
        return true;
    }

    private static boolean isWhiteSpace(byte each) {
        return each == ' ' || each == '\t' || each == '\r' || each == '\n';
    }

    private static List<byte[]> words(byte[] text) {
        List<byte[]> words = new ArrayList<>();
        for (String each : new String(text, StandardCharsets.US_ASCII).split("[ \t\r\n]+", -1)) {
            byte[] word = each.getBytes(StandardCharsets.US_ASCII);
            boolean known = words.stream().anyMatch(other -> Arrays.equals(other, word));
            if (word.length > 0 && !known) {
                words.add(word);
            }
        }
        return List.copyOf(words);
    }
}
