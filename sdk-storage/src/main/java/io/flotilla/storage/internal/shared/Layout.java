package io.flotilla.storage.internal.shared;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flotilla.storage.internal.BlobKey;
import io.flotilla.storage.internal.Reference;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Which file lies where in a shared folder:
 *
 * <pre>
 * blobs/ab/cd/abcd….jpg              what static servers may serve
 * references/photos/4f/4f02….1763…   the hash of a name, and the generation that it follows
 * temp/1763…-a1b2…                   when it was begun
 * trash/abcd….jpg.1763…-a1b2…        when it was thrown away
 * </pre>
 *
 * No name of a user's is ever the name of a file.
 */
record Layout(Path root) {
    /** How many characters of a reference's file name are the hash of the object's. */
    static final int HASH = 64;

    Path blobs() {
        return root.resolve("blobs");
    }

    Path references() {
        return root.resolve("references");
    }

    Path temp() {
        return root.resolve("temp");
    }

    Path trash() {
        return root.resolve("trash");
    }

    List<Path> top() {
        return List.of(blobs(), references(), temp(), trash());
    }

    Path directory(BlobKey blob) {
        String digest = blob.sha256();
        return blobs().resolve(digest.substring(0, 2)).resolve(digest.substring(2, 4));
    }

    Path file(BlobKey blob) {
        return directory(blob).resolve(blob.fileName());
    }

    Path directory(Reference reference) {
        return references()
                .resolve(reference.namespace())
                .resolve(hash(reference.name()).substring(0, 2));
    }

    Path file(Reference reference) {
        return directory(reference).resolve(hash(reference.name()) + "." + reference.base());
    }

    private static String hash(String name) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(name.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
