package io.flotilla.benchmarks.sessions;

import io.flotilla.benchmarks.report.Bar;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Heap after a collection for each copy of an idle session; two nodes hold two copies of each. Nodes besides keep something
 * of the sessions that they have seen lately: that is bounded by the heap, and let go when a session has been idle for some
 * minutes. So there are two figures: with all of it, as it is right after the sessions were made, and in nodes that keep
 * nothing, as they are when sessions have been idle for long. The bar is on the latter.
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

    /**
     * What was measured with so many sessions.
     *
     * @param sessions how many there are
     * @param each bytes for each copy of them
     */
    private record Step(int sessions, double each) {}

    void run() throws IOException {
        report.line("%nMemory of idle sessions of 1k, 2 nodes, bytes for each copy");
        report.line("| | sessions | idle | with what nodes keep of sessions they saw lately |");
        report.line("| --- | --- | --- | --- |");
        for (SystemUnderTest each : List.of(SystemUnderTest.FLOTILLA, SystemUnderTest.SPRING_HAZELCAST)) {
            if (options.presentSystems().contains(each)) {
                run(each);
            }
        }
    }

    private void run(SystemUnderTest system) throws IOException {
        List<Integer> steps = options.idleSessions();
        FarmOptions servers = options.farm().withContent(CONTENT).withHeap(heap(steps.get(steps.size() - 1)));
        List<Step> usual = measure(system, servers);
        List<Step> bare = system == SystemUnderTest.FLOTILLA ? measure(system, servers.withoutLocalCopies()) : usual;
        for (int i = 0; i < usual.size(); i++) {
            print(system, usual.get(i), bare.get(i));
        }
    }

    private List<Step> measure(SystemUnderTest system, FarmOptions servers) throws IOException {
        List<Step> steps = new ArrayList<>();
        try (Farm farm = Farm.start(system, NODES, servers);
                LoadDriver driver = new LoadDriver(farm, CLIENTS, BEFORE)) {
            driver.run(Workload.READ, BEFORE);
            long empty = heap(farm);
            int made = 0;
            for (int each : options.idleSessions()) {
                Load load = driver.run(Workload.FILL, each - made);
                if (load.failures() > 0) {
                    throw new IOException(load.failures() + " sessions could not be made at " + farm);
                }
                Waiting.during(SETTLED);
                steps.add(new Step(each, perCopy(heap(farm) - empty, each)));
                made = each;
            }
        }
        return steps;
    }

    private void print(SystemUnderTest system, Step usual, Step bare) {
        report.line("| %s | %d | %.0f | %.0f |", system, usual.sessions(), bare.each(), usual.each());
        if (system == SystemUnderTest.FLOTILLA && usual.sessions() >= JUDGED) {
            report.add(Bar.atMost(MOST, "sessions.memory.1k." + usual.sessions() / 1000 + "k")
                    .of(
                            Math.rint(bare.each()),
                            "bytes a copy; " + Math.round(usual.each())
                                    + " with what nodes keep of sessions they saw, for 10 minutes"));
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
