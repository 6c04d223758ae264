package io.flotilla.storage.internal.shared;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a file system complains of. The JDK hands on the words of the C library only, not its numbers. */
public final class Troubles {
    private static final List<String> FULL = List.of("No space left on device", "Disk quota exceeded");
    private static final List<String> STALE = List.of("Stale file handle", "Stale NFS file handle");

    private Troubles() {}

    /** Whether there is no room, on the device or for this user. */
    public static boolean isFull(IOException failure) {
        return says(failure, FULL);
    }

    /** Whether a name led to a file that is no more. */
    public static boolean isStale(IOException failure) {
        return says(failure, STALE);
    }

    private static boolean says(IOException failure, List<String> words) {
        for (@Nullable Throwable each = failure; each != null; each = each.getCause()) {
            String said = each instanceof FileSystemException ofFile ? ofFile.getReason() : each.getMessage();
            if (said != null && words.stream().anyMatch(said::contains)) {
                return true;
            }
        }
        return false;
    }
}
