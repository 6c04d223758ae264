package io.flotilla.cache.internal.page;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Makes a page of what was recorded. */
final class PageMaker {
    /** Below it a page fits in one packet anyway. */
    private static final int WORTH_COMPRESSING = 1_024;

    /** Fields of one connection or one message (RFC 9111, section 3.1), and those that are made for each response. */
    private static final Set<String> NOT_STORED = Set.of(
            "Connection",
            "Proxy-Connection",
            "Keep-Alive",
            "TE",
            "Trailer",
            "Transfer-Encoding",
            "Upgrade",
            "Proxy-Authenticate",
            "Proxy-Authentication-Info",
            "Proxy-Authorization",
            "Content-Length",
            "Age",
            "X-Cache");

    private static final int OK = 200;

    private PageMaker() {}

    static Stored.Page page(Recorded recorded, Freshness freshness) {
        HeaderFields fields = recorded.head();
        fields.words("Connection").forEach(fields::remove);
        NOT_STORED.forEach(fields::remove);
        if (!fields.has("Date")) {
            fields.add("Date", HttpDates.format(Instant.ofEpochMilli(freshness.generatedAt())));
        }
        Stored.Body body = body(recorded, fields);
        fields.remove("ETag");
        return new Stored.Page(recorded.status, fields.flat(), body, freshness);
    }

    private static Stored.Body body(Recorded recorded, HeaderFields fields) {
        byte[] plain = recorded.bytes();
        byte[] compressed = mayBeCompressed(recorded.type, fields, plain.length) ? gzip(plain) : plain;
        boolean gzipped = compressed.length < plain.length;
        String own = fields.first("ETag");
        boolean tagged = own != null || recorded.status == OK;
        String etag = !tagged ? null : own != null ? own : Digests.entityTag(plain);
        String gzipEtag = !tagged || !gzipped ? null : own != null ? gzipTag(own) : Digests.entityTag(compressed);
        return new Stored.Body(gzipped ? compressed : plain, gzipped, plain.length, etag, gzipEtag);
    }

    private static boolean mayBeCompressed(ContentType type, HeaderFields fields, int length) {
        return length >= WORTH_COMPRESSING
                && type.isCompressible()
                && !fields.has("Content-Encoding")
                && !CacheControl.of(fields.all(CacheControl.NAME)).has("no-transform");
    }

    /** Strong tags of two forms must differ (RFC 9110, section 8.8.3.3). */
    static String gzipTag(String tag) {
        return tag.startsWith("W/") || !tag.endsWith("\"") ? tag : tag.substring(0, tag.length() - 1) + "-gzip\"";
    }

    private static byte[] gzip(byte[] plain) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(plain.length / 4);
        try (GZIPOutputStream output = new GZIPOutputStream(bytes)) {
            output.write(plain);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    static @Nullable String tagOf(Stored.Body body, boolean gzip) {
        return gzip ? body.gzipEtag() : body.etag();
    }
}
