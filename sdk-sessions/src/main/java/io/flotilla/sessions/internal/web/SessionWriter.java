package io.flotilla.sessions.internal.web;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;

/** Counts characters on their way to the container, each as the most bytes that it may take. */
final class SessionWriter extends Writer {
    private static final int MOST_BYTES_A_CHARACTER = 4;

    private final PrintWriter out;
    private final BodyGauge gauge;

    SessionWriter(PrintWriter out, BodyGauge gauge) {
        this.out = out;
        this.gauge = gauge;
    }

    @Override
    public void write(char[] chars, int from, int count) {
        gauge.about((long) count * MOST_BYTES_A_CHARACTER);
        out.write(chars, from, count);
    }

    @Override
    public void write(String text, int from, int count) {
        gauge.about((long) count * MOST_BYTES_A_CHARACTER);
        out.write(text, from, count);
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
