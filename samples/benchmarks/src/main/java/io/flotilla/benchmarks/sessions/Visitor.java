package io.flotilla.benchmarks.sessions;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One browser: its cookie, and which node is next. */
final class Visitor {
    private final Map<String, byte[]> requests = new HashMap<>(); // as long as the cookie stays
    private @Nullable String cookie;
    private int turn;

    /** A browser that begins with that node. */
    Visitor(int firstNode) {
        turn = firstNode;
    }

    /** The node for its next request: in turn, or always the same. */
    int nextNode(int nodes, boolean sticky) {
        return (sticky ? turn : turn++) % nodes;
    }

    byte[] request(String path) {
        return requests.computeIfAbsent(path, this::render);
    }

    private byte[] render(String path) {
        String head = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n";
        String whole = cookie == null ? head : head + "Cookie: " + cookie + "\r\n";
        return (whole + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    boolean hasCookie() {
        return cookie != null;
    }

    /** Takes the cookie that a response sets, as {@code name=value}; one without a value is taken away. */
    void take(@Nullable String set) {
        if (set != null) {
            cookie = set.endsWith("=") || set.endsWith("=\"\"") ? null : set;
            requests.clear();
        }
    }

    void forget() {
        cookie = null;
        requests.clear();
    }
}
