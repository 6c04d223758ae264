package io.flotilla.benchmarks.node;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the benchmark asks a server about itself. */
final class ControlServlet extends HttpServlet {
    private static final int COLLECTIONS = 3; // objects with a cleaner need more than one

    private final Answer answer;
    private final SessionSystem system;

    ControlServlet(Answer answer, SessionSystem system) {
        this.answer = answer;
        this.system = system;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String text = switch (String.valueOf(request.getPathInfo())) {
            case "/heap" -> String.valueOf(heap());
            case "/operations" -> operations(system.operations());
            default -> "none: no such question";
        };
        answer.send(response, text);
    }

    /** The bytes of live objects. */
    @SuppressWarnings("SystemGc") // the heap after a collection is what is asked for
    private static long heap() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static String operations(Map<String, Long> operations) {
        return new TreeMap<>(operations)
                .entrySet().stream()
                        .map(each -> each.getKey() + "=" + each.getValue())
                        .collect(Collectors.joining(" "));
    }
}
