package io.flotilla.storage.internal;

import java.util.Locale;
import java.util.Map;

/**
 * Content types that are shown in a browser without risk, with the extension by which a static server finds them again.
 * Every other type, HTML, SVG and PDF among them, is kept as {@code .bin}, which no server takes for a page.
 */
public final class FileTypes {
    private static final String OTHER = "bin";

    private static final Map<String, String> INLINE = Map.ofEntries(
            Map.entry("image/jpeg", "jpg"),
            Map.entry("image/png", "png"),
            Map.entry("image/gif", "gif"),
            Map.entry("image/webp", "webp"),
            Map.entry("image/avif", "avif"),
            Map.entry("image/bmp", "bmp"),
            Map.entry("video/mp4", "mp4"),
            Map.entry("video/webm", "webm"),
            Map.entry("audio/mpeg", "mp3"),
            Map.entry("audio/ogg", "ogg"),
            Map.entry("audio/wav", "wav"),
            Map.entry("text/plain", "txt"));

    private FileTypes() {}

    /** The extension for files of that content type. */
    public static String extension(String contentType) {
        return INLINE.getOrDefault(essence(contentType), OTHER);
    }

    /** Whether a browser may show content of that type in place, rather than save it. */
    public static boolean isInline(String contentType) {
        return INLINE.containsKey(essence(contentType));
    }

    private static String essence(String contentType) {
        int parameters = contentType.indexOf(';');
        String type = parameters < 0 ? contentType : contentType.substring(0, parameters);
        return type.strip().toLowerCase(Locale.ROOT);
    }
}
