package io.flotilla.benchmarks.sessions;

import io.flotilla.benchmarks.report.Bar;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * Heap after a collection for each copy of an idle session; two nodes hold two copies of each. What a node caches of the
 * sessions that it has seen is bounded and soon full: what the last step has added is the price of a session.
 */
final class MemorySuite {
    private static final int CONTENT = 1024;
    private static final int NODES = 2;
    private static final int COPIES = 2;
    private static final int CLIENTS = 16;
    private static final int BEFORE = 1_000; // sessions made before the count, so that all classes are there
    private static final int MOST = 1536;
    private static final int JUDGED = 100_000;
    private static final Duration SETTLED = Duration.ofSeconds(2);

    private final SessionsOptions options;
    private final Report report;

    MemorySuite(SessionsOptions options, Report report) {
        this.options = options;
        this.report = report;
    }

    void run() throws IOException {
        report.line("%nMemory of idle sessions of 1k, 2 nodes, bytes for each copy");
        report.line("| | sessions | all that came with them | the last ones |");
        report.line("| --- | --- | --- | --- |");
        for (SystemUnderTest each : List.of(SystemUnderTest.FLOTILLA, SystemUnderTest.SPRING_HAZELCAST)) {
            if (options.presentSystems().contains(each)) {
                run(each);
            }
        }
    }

    private void run(SystemUnderTest system) throws IOException {
        List<Integer> steps = options.idleSessions();
        int most = steps.get(steps.size() - 1);
        FarmOptions servers = options.farm().withContent(CONTENT).withHeap(heap(most));
        try (Farm farm = Farm.start(system, NODES, servers);
                LoadDriver driver = new LoadDriver(farm, CLIENTS, BEFORE)) {
            driver.run(Workload.READ, BEFORE);
            long empty = heap(farm);
            long last = empty;
            int made = 0;
            for (int each : steps) {
                Load load = driver.run(Workload.FILL, each - made);
                if (load.failures() > 0) {
                    throw new IOException(load.failures() + " sessions could not be made at " + farm);
                }
                Waiting.during(SETTLED);
                long now = heap(farm);
                print(system, each, perCopy(now - empty, each), perCopy(now - last, each - made));
                last = now;
                made = each;
            }
        }
    }

    private void print(SystemUnderTest system, int sessions, double all, double marginal) {
        report.line("| %s | %d | %.0f | %.0f |", system, sessions, all, marginal);
        if (system == SystemUnderTest.FLOTILLA && sessions >= JUDGED) {
            report.add(Bar.atMost(MOST, "sessions.memory.1k." + sessions / 1000 + "k")
                    .of(
                            Math.rint(marginal),
                            "bytes a copy; " + Math.round(all) + " with what nodes cache, which is bounded"));
        }
    }

    private static double perCopy(long bytes, int sessions) {
        return (double) bytes / sessions / COPIES;
    }

    /** Enough for what is expected and as much again, for what a peer takes more and for collections. */
    private static String heap(int sessions) {
        return Math.max(768, 512 + sessions * 6L / 1024) + "m";
    }

    private static long heap(Farm farm) throws IOException {
        long sum = 0;
        try (Browser browser = new Browser(farm)) {
            for (int i = 0; i < farm.size(); i++) {
                sum += Long.parseLong(browser.ask(i, "/control/heap"));
            }
        }
        return sum;
    }
}
