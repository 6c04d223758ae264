package io.flotilla.cache.internal.page;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/** Sends a page to a client (RFC 9111, section 4). */
final class PageSender {
    /** What a 304 has of a page's fields (RFC 9110, section 15.4.5). */
    private static final Set<String> OF_NOT_MODIFIED =
            Set.of("cache-control", "content-location", "date", "expires", "vary");

    private static final String ACCEPT_ENCODING = "Accept-Encoding";

    private final HttpServletRequest request;
    private final HttpServletResponse response;

    PageSender(HttpServletRequest request, HttpServletResponse response) {
        this.request = request;
        this.response = response;
    }

    /** Sends it at a time in epoch milliseconds. */
    void send(Stored.Page page, Result result, long now) throws IOException {
        HeaderFields fields = HeaderFields.of(page.fields());
        Stored.Body body = page.body();
        boolean gzip = body.gzipped()
                && AcceptEncoding.of(Collections.list(request.getHeaders(ACCEPT_ENCODING)))
                        .gzip();
        String etag = PageMaker.tagOf(body, gzip);
        if (body.gzipped()) {
            fields.add("Vary", ACCEPT_ENCODING);
        }
        boolean notModified = page.status() == HttpServletResponse.SC_OK
                && Preconditions.isNotModified(request, etag, fields.first("Last-Modified"), Instant.ofEpochMilli(now));
        if (notModified) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
        } else {
            response.setStatus(page.status());
        }
        write(fields, notModified);
        if (etag != null) {
            response.setHeader("ETag", etag);
        }
        long age = page.freshness().age(now);
        if (result != Result.MISS || age > 0) {
            response.setHeader("Age", Long.toString(age));
        }
        response.setHeader(Result.HEADER, result.name());
        if (!notModified) {
            write(body, gzip, page.status());
        }
    }

    private void write(HeaderFields fields, boolean notModified) {
        Set<String> begun = new HashSet<>();
        fields.forEach((name, value) -> {
            String key = name.toLowerCase(Locale.ROOT);
            if (notModified && !OF_NOT_MODIFIED.contains(key)) {
                return;
            }
            if (key.equals("content-type")) {
                response.setContentType(value);
            } else if (begun.add(key)) {
                response.setHeader(name, value);
            } else {
                response.addHeader(name, value);
            }
        });
    }

    private void write(Stored.Body body, boolean gzip, int status) throws IOException {
        if (status == HttpServletResponse.SC_NO_CONTENT || status == HttpServletResponse.SC_RESET_CONTENT) {
            return;
        }
        if (gzip) {
            response.setHeader("Content-Encoding", "gzip");
        }
        response.setContentLength(gzip ? body.bytes().length : body.length());
        if (request.getMethod().equals("HEAD")) {
            return;
        }
        if (body.gzipped() && !gzip) {
            new GZIPInputStream(new ByteArrayInputStream(body.bytes())).transferTo(response.getOutputStream());
        } else {
            response.getOutputStream().write(body.bytes());
        }
    }
}
