package io.flotilla.storage.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;

/** What several tests need. */
public final class StorageTests {
    private StorageTests() {}

    static StorageConfig config() {
        return config(Map.of());
    }

    static StorageConfig config(Map<String, Limits> namespaces) {
        return new StorageConfig(
                Path.of("/mnt"),
                null,
                2,
                "",
                100,
                Duration.ofMinutes(10),
                namespaces,
                Duration.ofHours(24),
                Duration.ofHours(6),
                1);
    }

    public static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
