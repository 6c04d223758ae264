package io.flotilla.benchmarks.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class VisitorTest {
    private final Visitor visitor = new Visitor(1);

    @Test
    void asksTheNodesInTurn() {
        assertThat(nodes(3, false)).containsExactly(1, 2, 0, 1, 2, 0);
    }

    @Test
    void staysWithItsNodeWhereItMust() {
        assertThat(nodes(3, true)).containsOnly(1);
    }

    private List<Integer> nodes(int count, boolean sticky) {
        return IntStream.range(0, 2 * count)
                .mapToObj(i -> visitor.nextNode(count, sticky))
                .toList();
    }

    @Test
    void sendsTheCookieThatWasSetLast() {
        assertThat(request()).isEqualTo("GET /session/read HTTP/1.1\r\nHost: localhost\r\n\r\n");

        visitor.take("SESSION=a");
        visitor.take(null);
        assertThat(request()).contains("\r\nCookie: SESSION=a\r\n\r\n");

        visitor.take("SESSION=b");
        assertThat(request()).contains("\r\nCookie: SESSION=b\r\n\r\n");

        visitor.take("SESSION=");
        assertThat(request()).doesNotContain("Cookie");
        assertThat(visitor.hasCookie()).isFalse();
    }

    private String request() {
        return new String(visitor.request("/session/read"), StandardCharsets.ISO_8859_1);
    }
}
