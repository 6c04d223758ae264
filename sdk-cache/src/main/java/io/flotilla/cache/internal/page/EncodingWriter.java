package io.flotilla.cache.internal.page;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.Charset;

/**
 * Encodes text at once: nothing stays behind when the container ends a response without a flush. What is not recorded is not
 * encoded here.
 */
final class EncodingWriter extends Writer {
    private final PageResponse response;
    private final OutputStream output;
    private final OutputStreamWriter encoder;

    EncodingWriter(PageResponse response, OutputStream output, Charset charset) {
        this.response = response;
        this.output = output;
        this.encoder = new OutputStreamWriter(new Unflushed(output), charset);
    }

    private static final class Unflushed extends OutputStream {
        private final OutputStream output;

        Unflushed(OutputStream output) {
            this.output = output;
        }

        @Override
        public void write(int value) throws IOException {
            output.write(value);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            output.write(bytes, offset, length);
        }
    }

    @Override
    public void write(char[] chars, int offset, int length) throws IOException {
        if (!response.passed(chars, offset, length)) {
            encoder.write(chars, offset, length);
            encoder.flush();
        }
    }

    @Override
    public void flush() throws IOException {
        output.flush();
    }

    @Override
    public void close() throws IOException {
        output.flush();
    }
}
