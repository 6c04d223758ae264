package io.flotilla.benchmarks.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ResponseTest {
    private static final String CREATED =
            "HTTP/1.1 200 \r\nSet-Cookie: SESSION=abc; Path=/\r\nContent-Length: 4\r\n\r\nok 1";

    @Test
    void isCompleteWithTheLastByteOfItsBody() throws IOException {
        for (int i = 0; i < CREATED.length(); i++) {
            assertThat(parse(CREATED.substring(0, i))).isEmpty();
        }
        assertThat(parse(CREATED)).contains(new Response(true, "SESSION=abc"));
    }

    @Test
    void onlyAServletThatHasDoneItIsOk() throws IOException {
        assertThat(parse("HTTP/1.1 200 \r\ncontent-length: 4\r\n\r\nnone")).contains(new Response(false, null));
        assertThat(parse("HTTP/1.1 503 \r\nContent-Length: 2\r\n\r\nok")).contains(new Response(false, null));
        assertThat(parse("HTTP/1.1 500 \r\nContent-Length: 0\r\n\r\n")).contains(new Response(false, null));
    }

    @Test
    void withoutALengthItsEndIsNotKnown() {
        assertThatIOException()
                .isThrownBy(() -> parse("HTTP/1.1 200 \r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n"));
    }

    private static Optional<Response> parse(String text) throws IOException {
        byte[] read = new byte[1 << 10];
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(bytes, 0, read, 0, bytes.length);
        return Response.parse(read, bytes.length);
    }
}
