package io.flotilla.cache.internal.page;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;

/** The stream of a recorded response. */
final class RecordingOutput extends ServletOutputStream {
    private final PageResponse response;

    RecordingOutput(PageResponse response) {
        this.response = response;
    }

    @Override
    public void write(int value) throws IOException {
        response.write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        response.write(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
        response.flushBuffer();
    }

    @Override
    public boolean isReady() {
        try {
            return response.isReady();
        } catch (IOException gone) {
            return true; // the write that follows tells
        }
    }

    @Override
    public void setWriteListener(WriteListener listener) {
        try {
            response.realStream().setWriteListener(listener);
        } catch (IOException gone) {
            listener.onError(gone);
        }
    }
}
