package io.flotilla.samples.webapp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The token that administrators show, and the file that holds it. */
final class AdminToken implements AutoCloseable {
    private static final int BYTES = 32;

    private final Path file;
    private final String token;
    private final boolean ours;

    private AdminToken(Path file, String token, boolean ours) {
        this.file = file;
        this.token = token;
        this.ours = ours;
    }

    /** Reads the token of a file, or makes a new one in the temp directory that only its owner can read. */
    static AdminToken of(@Nullable Path file) {
        return file == null ? create() : read(file);
    }

    private static AdminToken read(Path file) {
        String token;
        try {
            token = Files.readString(file).strip();
        } catch (IOException | RuntimeException unreadable) {
            throw StartFailure.badOption("--admin-token-file must be a readable text file, was '" + file + "'");
        }
        if (token.isEmpty()) {
            throw StartFailure.badOption("--admin-token-file must hold a token, but '" + file + "' is empty");
        }
        return new AdminToken(file, token, false);
    }

    private static AdminToken create() {
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        String token = HexFormat.of().formatHex(random);
        try {
            Path file = Files.createTempFile(
                    "flotilla-admin-token-",
                    ".txt",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, token + "\n");
            return new AdminToken(file, token, true);
        } catch (IOException failure) {
            throw StartFailure.cannotStart("cannot write an admin token to the temp directory: " + failure);
        }
    }

    Path file() {
        return file;
    }

    String token() {
        return token;
    }

    /** Deletes the file if it was made by {@link #of}; one that was given stays. */
    @Override
    public void close() throws IOException {
        if (ours) {
            Files.deleteIfExists(file);
        }
    }
}
