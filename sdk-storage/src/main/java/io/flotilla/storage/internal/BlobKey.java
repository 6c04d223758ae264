package io.flotilla.storage.internal;

import io.flotilla.spi.Check;
import java.util.regex.Pattern;

/**
 * The name of immutable bytes: their SHA-256, and the file extension by which a static server tells their type.
 *
 * @param sha256 64 hexadecimal digits in lower case
 * @param extension of {@link FileTypes}
 */
public record BlobKey(String sha256, String extension) {
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern EXTENSION = Pattern.compile("[a-z0-9]{1,8}");

    public BlobKey {
        Check.that(DIGEST.matcher(sha256).matches(), "storage.sha256 must be 64 hexadecimal digits, was %s", sha256);
        Check.that(EXTENSION.matcher(extension).matches(), "storage.extension must be a short word, was %s", extension);
    }

    /** The name that {@link #fileName} gave. */
    public static BlobKey ofFileName(String name) {
        int dot = name.indexOf('.');
        Check.that(dot > 0, "storage.fileName must have an extension, was %s", name);
        return new BlobKey(name.substring(0, dot), name.substring(dot + 1));
    }

    public String fileName() {
        return sha256 + "." + extension;
    }

    /** Sixty-four bits of the name: enough to tell the blobs of one folder apart in sweeps. */
    public long hash() {
        return Long.parseUnsignedLong(sha256.substring(0, 16), 16) ^ (extension.hashCode() * 0x9E3779B97F4A7C15L);
    }
}
