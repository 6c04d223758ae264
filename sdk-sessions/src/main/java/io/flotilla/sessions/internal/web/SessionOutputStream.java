package io.flotilla.sessions.internal.web;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;

/** Counts bytes on their way to the container. */
final class SessionOutputStream extends ServletOutputStream {
    private final ServletOutputStream out;
    private final BodyGauge gauge;

    SessionOutputStream(ServletOutputStream out, BodyGauge gauge) {
        this.out = out;
        this.gauge = gauge;
    }

    @Override
    public void write(int b) throws IOException {
        gauge.about(1);
        out.write(b);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
        gauge.about(count);
        out.write(bytes, from, count);
    }

    @Override
    public void flush() throws IOException {
        gauge.sending();
        out.flush();
    }

    @Override
    public void close() throws IOException {
        gauge.sending();
        out.close();
    }

    @Override
    public boolean isReady() {
        return out.isReady();
    }

    @Override
    public void setWriteListener(WriteListener listener) {
        out.setWriteListener(listener);
    }
}
