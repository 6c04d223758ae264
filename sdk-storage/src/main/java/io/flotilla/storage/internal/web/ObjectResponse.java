package io.flotilla.storage.internal.web;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.flotilla.storage.ObjectContent;
import io.flotilla.storage.StoredObject;
import io.flotilla.storage.internal.web.ByteRanges.ByteRange;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/** The answer to a GET or HEAD of an object: RFC 9110 with all its conditions and ranges, the same on every node. */
final class ObjectResponse {
    /** Whatever a browser takes the bytes for, it runs nothing of them. */
    private static final String POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; media-src 'self'; sandbox";

    private static final long SECOND = 1_000;

    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final ObjectContent content;
    private final StoredObject object;
    private final long now;
    private final long lastModified;
    private final String tag;

    ObjectResponse(HttpServletRequest request, HttpServletResponse response, ObjectContent content, long now) {
        this.request = request;
        this.response = response;
        this.content = content;
        this.object = content.object();
        this.now = now;
        this.lastModified = object.created().toEpochMilli() / SECOND * SECOND;
        this.tag = "\"" + object.sha256() + "\"";
    }

    void send() throws IOException {
        Preconditions conditions = new Preconditions(request, tag, lastModified);
        switch (conditions.verdict()) {
            case FAILED -> sendNothing(HttpServletResponse.SC_PRECONDITION_FAILED);
            case NOT_MODIFIED -> {
                setValidators();
                response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            }
            case PROCEED -> {
                setValidators();
                send(ranges(conditions));
            }
        }
    }

    private void setValidators() {
        response.setHeader("ETag", tag);
        response.setDateHeader("Last-Modified", lastModified);
        if (!response.containsHeader("Cache-Control")) {
            response.setHeader("Cache-Control", "no-cache"); // the name may stand for something else tomorrow
        }
    }

    private ByteRanges ranges(Preconditions conditions) {
        boolean asked = request.getMethod().equals("GET") && conditions.rangeApplies(now);
        return asked ? ByteRanges.parse(request.getHeader("Range"), object.size()) : ByteRanges.WHOLE;
    }

    private void send(ByteRanges ranges) throws IOException {
        response.setHeader("Accept-Ranges", "bytes");
        if (!ranges.satisfiable()) {
            response.setHeader("Content-Range", "bytes */" + object.size());
            sendNothing(HttpServletResponse.SC_REQUESTED_RANGE_NOT_SATISFIABLE);
            return;
        }
        setRepresentation();
        switch (ranges.wanted().size()) {
            case 0 -> sendWhole();
            case 1 -> sendOne(ranges.wanted().get(0));
            default -> sendParts(ranges.wanted());
        }
    }

    private void setRepresentation() {
        response.setHeader("Repr-Digest", "sha-256=:" + base64Digest() + ":");
        response.setHeader("Content-Disposition", Disposition.of(object));
        response.setHeader("Content-Security-Policy", POLICY);
        response.setHeader("X-Content-Type-Options", "nosniff");
    }

    private String base64Digest() {
        return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(object.sha256()));
    }

    private void sendNothing(int status) {
        response.setStatus(status);
        response.setContentLengthLong(0);
    }

    private void sendWhole() throws IOException {
        response.setContentType(object.contentType());
        response.setContentLengthLong(object.size());
        if (!request.getMethod().equals("HEAD")) {
            content.writeTo(0, object.size(), response.getOutputStream());
        }
    }

    private void sendOne(ByteRange range) throws IOException {
        response.setStatus(HttpServletResponse.SC_PARTIAL_CONTENT);
        response.setContentType(object.contentType());
        response.setHeader("Content-Range", range.contentRange(object.size()));
        response.setContentLengthLong(range.length());
        content.writeTo(range.first(), range.length(), response.getOutputStream());
    }

    private void sendParts(List<ByteRange> ranges) throws IOException {
        String boundary = UUID.randomUUID().toString();
        List<byte[]> heads = new ArrayList<>();
        byte[] end = ("\r\n--" + boundary + "--\r\n").getBytes(US_ASCII);
        long length = end.length;
        for (ByteRange each : ranges) {
            byte[] head = head(boundary, each, heads.isEmpty());
            heads.add(head);
            length += head.length + each.length();
        }
        response.setStatus(HttpServletResponse.SC_PARTIAL_CONTENT);
        response.setContentType("multipart/byteranges; boundary=" + boundary);
        response.setContentLengthLong(length);
        OutputStream out = response.getOutputStream();
        for (int i = 0; i < heads.size(); i++) {
            out.write(heads.get(i));
            content.writeTo(ranges.get(i).first(), ranges.get(i).length(), out);
        }
        out.write(end);
    }

    private byte[] head(String boundary, ByteRange range, boolean first) {
        String head = (first ? "" : "\r\n")
                + "--" + boundary + "\r\n"
                + "Content-Type: " + object.contentType() + "\r\n"
                + "Content-Range: " + range.contentRange(object.size()) + "\r\n\r\n";
        return head.getBytes(US_ASCII);
    }
}
