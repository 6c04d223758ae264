package io.flotilla.sessions.internal.web;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Counts the bytes of characters on their way to the container. */
final class SessionWriter extends Writer {
    private final PrintWriter out;
    private final BodyGauge gauge;
    private final Charset charset;

    SessionWriter(PrintWriter out, BodyGauge gauge, String charset) {
        this.out = out;
        this.gauge = gauge;
        this.charset = Charset.forName(charset);
    }

    @Override
    public void write(char[] chars, int from, int count) {
        about(CharBuffer.wrap(chars, from, count));
        out.write(chars, from, count);
    }

    @Override
    public void write(String text, int from, int count) {
        about(CharBuffer.wrap(text, from, from + count));
        out.write(text, from, count);
    }

    private void about(CharBuffer text) {
        if (gauge.isOverdue()) {
            // Containers keep more characters than their buffer has bytes. Sent now, they spare each of the many small
            // writes that may follow the question whether the session has changed.
            gauge.sending();
            out.flush();
        }
        gauge.about(bytes(text));
    }

    private long bytes(CharBuffer text) {
        if (charset.equals(StandardCharsets.UTF_8)) {
            return utf8Bytes(text);
        }
        boolean oneEach = charset.equals(StandardCharsets.ISO_8859_1) || charset.equals(StandardCharsets.US_ASCII);
        return oneEach ? text.remaining() : charset.encode(text).remaining();
    }

    private static long utf8Bytes(CharBuffer text) {
        long bytes = text.remaining();
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            if (each >= 0x80) {
                bytes += each < 0x800 || Character.isSurrogate(each) ? 1 : 2;
            }
        }
        return bytes;
    }

    @Override
    public void flush() throws IOException {
        gauge.sending();
        out.flush();
        if (out.checkError()) {
            throw new IOException("the client has gone"); // kept by the writer around this one
        }
    }

    @Override
    public void close() {
        gauge.sending();
        out.close();
    }
}
