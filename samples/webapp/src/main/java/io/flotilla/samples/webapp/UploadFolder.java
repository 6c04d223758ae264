package io.flotilla.samples.webapp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder in which all nodes keep uploads. */
final class UploadFolder {
    private static final Logger log = LoggerFactory.getLogger(UploadFolder.class);

    private UploadFolder() {}

    /**
     * Returns the folder, which is there.
     *
     * @param given null for the default
     * @throws StartFailure if it cannot be made
     */
    static Path of(@Nullable Path given) {
        Path folder = given != null ? given : Path.of(System.getProperty("java.io.tmpdir"), "flotilla-uploads");
        Path absolute = folder.toAbsolutePath().normalize();
        try {
            Files.createDirectories(absolute);
        } catch (IOException failure) {
            throw StartFailure.badOption("--storage-dir " + folder + ": must be a directory or a new one: " + failure);
        }
        log.info("uploads are kept in {}", absolute);
        return absolute;
    }
}
