package io.flotilla.samples.webapp;

import io.flotilla.storage.Namespace;
import io.flotilla.storage.ObjectPage;
import io.flotilla.storage.Storage;
import io.flotilla.storage.StoredObject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Uploads: each has a random id, by which it is served, and a second name, by which it is found: the client's file name
 * and the id. The second shares the first one's bytes.
 */
final class UploadStore {
    private static final String IDS = "uploads";
    private static final String NAMES = "upload-names";
    private static final String FILE_NAME = "filename";

    private final SecureRandom random = new SecureRandom();
    private final Storage storage;
    private final Namespace ids;
    private final Namespace names;

    UploadStore(Storage storage) {
        this.storage = storage;
        this.ids = storage.namespace(IDS);
        this.names = storage.namespace(NAMES);
    }

    /** Takes in the bytes of one file. */
    Map<String, Object> put(String fileName, String contentType, InputStream bytes) throws IOException {
        String id = newId();
        StoredObject stored = ids.put(
                id,
                bytes,
                put -> put.contentType(contentType)
                        .metadata(FILE_NAME, fileName)
                        .ifAbsent());
        StoredObject unused = ids.copy(id, names, fileName + "/" + id, put -> {});
        return view(stored);
    }

    private String newId() {
        byte[] id = new byte[16];
        random.nextBytes(id);
        return HexFormat.of().formatHex(id);
    }

    void send(HttpServletRequest request, HttpServletResponse response, String id) throws IOException {
        storage.send(request, response, IDS, id);
    }

    Optional<Map<String, Object>> find(String id) {
        return ids.stat(id).map(UploadStore::view);
    }

    /** Some uploads in the order of their file names. */
    Map<String, Object> list(String prefix, String after, int limit) {
        ObjectPage page = names.list(prefix, after, limit);
        List<Map<String, Object>> objects =
                page.objects().stream().map(UploadStore::view).toList();
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("objects", objects);
        view.put("next", page.next().orElse(null));
        return view;
    }

    /** Deletes an upload; first the name by which it is found. */
    boolean delete(String id) {
        ids.stat(id).ifPresent(upload -> {
            boolean unused = names.delete(fileName(upload) + "/" + id);
        });
        return ids.delete(id);
    }

    private static Map<String, Object> view(StoredObject upload) {
        String id = upload.name().substring(upload.name().lastIndexOf('/') + 1);
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", id);
        view.put("name", fileName(upload));
        view.put("size", upload.size());
        view.put("sha256", upload.sha256());
        view.put("contentType", upload.contentType());
        view.put("url", url(id, fileName(upload)));
        view.put("copies", 1);
        view.put("created", upload.created().toEpochMilli());
        return view;
    }

    private static String fileName(StoredObject upload) {
        return upload.metadata().getOrDefault(FILE_NAME, "");
    }

    private static String url(String id, String fileName) {
        try {
            return new URI(null, null, "/uploads/" + id + "/" + fileName, null).toASCIIString();
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
