package io.flotilla.benchmarks.sessions;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How often a system says it has called its store, by kind of call, all servers together; empty if it does not count. */
record Calls(Map<String, Long> counts) {

    Calls {
        counts = new TreeMap<>(counts);
    }

    static Calls of(Farm farm) throws IOException {
        Map<String, Long> counts = new TreeMap<>();
        try (Browser browser = new Browser(farm)) {
            for (int i = 0; i < farm.size(); i++) {
                parse(browser.ask(i, "/control/operations"))
                        .forEach((call, count) -> counts.merge(call, count, Long::sum));
            }
        }
        return new Calls(counts);
    }

    private static Map<String, Long> parse(String text) {
        Map<String, Long> counts = new TreeMap<>();
        for (String each : text.split(" ", -1)) {
            String[] parts = each.split("=", 2);
            if (parts.length == 2) {
                counts.put(parts[0], Long.parseLong(parts[1]));
            }
        }
        return counts;
    }

    /** What has come since then, for each of so many requests, as a report shows it. */
    String since(Calls before, int requests) {
        String calls = counts.entrySet().stream()
                .map(each -> Map.entry(each.getKey(), each.getValue() - before.counts.getOrDefault(each.getKey(), 0L)))
                .filter(each -> each.getValue() > 0)
                .map(each -> String.format(Locale.ROOT, "%s %.2f", each.getKey(), (double) each.getValue() / requests))
                .collect(Collectors.joining(", "));
        return calls.isEmpty() ? "-" : calls;
    }
}
