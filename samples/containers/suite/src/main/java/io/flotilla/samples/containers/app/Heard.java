package io.flotilla.samples.containers.app;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What the application's listeners and values were told on this server, in this order. */
final class Heard {
    private static final List<String> LINES = new CopyOnWriteArrayList<>();

    private Heard() {}

    static void add(String id, String what) {
        LINES.add(id + " " + what);
    }

    /** What was told of one session. */
    static List<String> of(String id) {
        return LINES.stream()
                .filter(each -> each.startsWith(id + " "))
                .map(each -> each.substring(id.length() + 1))
                .toList();
    }
}
