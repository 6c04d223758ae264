package io.flotilla.benchmarks.sessions;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What came back, as far as the load needs it.
 *
 * @param ok whether the servlet did what it was asked for
 * @param cookie the cookie that it sets, as {@code name=value}
 */
record Response(boolean ok, @Nullable String cookie) {
    private static final String LENGTH = "\r\ncontent-length: ";
    private static final String SET_COOKIE = "\r\nset-cookie: ";
    private static final int STATUS = "HTTP/1.1 ".length();

    /** Parses what has been read so far, so many bytes; empty if there is more to come. */
    static Optional<Response> parse(byte[] read, int count) throws IOException {
        int head = endOfHead(read, count);
        if (head < 0) {
            return Optional.empty();
        }
        String text = new String(read, 0, head, StandardCharsets.ISO_8859_1);
        String length = header(text, LENGTH);
        if (length == null) {
            throw new IOException(
                    "a response without a length: " + text.lines().findFirst().orElse(""));
        }
        if (count < head + Integer.parseInt(length)) {
            return Optional.empty();
        }
        boolean done = text.startsWith("200", STATUS) && read[head] == 'o' && read[head + 1] == 'k';
        return Optional.of(new Response(done, pair(header(text, SET_COOKIE))));
    }

    /** Where the body begins; negative if the head is not complete. */
    private static int endOfHead(byte[] read, int count) {
        for (int i = 3; i < count; i++) {
            if (read[i] == '\n' && read[i - 2] == '\n') {
                return i + 1;
            }
        }
        return -1;
    }

    private static @Nullable String header(String head, String name) {
        for (int i = head.indexOf('\r'); i >= 0; i = head.indexOf('\r', i + 1)) {
            if (head.regionMatches(true, i, name, 0, name.length())) {
                return head.substring(i + name.length(), head.indexOf('\r', i + name.length()));
            }
        }
        return null;
    }

    private static @Nullable String pair(@Nullable String cookie) {
        return cookie == null ? null : cookie.split(";", 2)[0];
    }
}
