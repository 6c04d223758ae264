package io.flotilla.benchmarks.sessions;

import io.flotilla.benchmarks.report.Bar;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Messages and bytes that a request moves between the system's processes: counted, not timed. One request is under way at
 * a time, and each session is read from every node equally often, so that of n requests to n nodes one meets the node
 * that owns the session, in systems where nodes do.
 */
final class MessageSuite {
    private static final Duration IDLE = Duration.ofSeconds(4);
    private static final int SESSIONS = 40;
    private static final int VISITS = 10; // of each session to each node
    private static final int MOST_NODES = 4;
    private static final double GROWTH = 1.1;

    private final SessionsOptions options;
    private final Report report;

    MessageSuite(SessionsOptions options, Report report) {
        this.options = options;
        this.report = report;
    }

    /**
     * Of one workload in one farm.
     *
     * @param messages for a request
     * @param bytes for a request
     * @param remote the share of requests whose session another process keeps
     * @param calls of the store for a request, as the system counts them
     */
    private record Cost(double messages, double bytes, double remote, String calls) {
        double roundTrips() {
            return messages / 2;
        }

        double bytesIfRemote() {
            return remote == 0 ? 0 : bytes / remote;
        }

        double roundTripsIfRemote() {
            return remote == 0 ? 0 : roundTrips() / remote;
        }
    }

    void run() throws IOException {
        if (!SocketCounters.isInstalled()) {
            report.add(Bar.atMost(1, "sessions.read.round-trips").skipped("needs ss of Debian's package iproute2"));
            return;
        }
        report.line("%nBetween processes, counted by the kernel; a read is of a session that the node has seen before");
        report.line(
                "| | nodes | session | request | messages | bytes | messages if kept elsewhere | bytes if kept elsewhere | calls |");
        report.line("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        for (int content : options.contents()) {
            bars(content, costs(SystemUnderTest.FLOTILLA, 2, content));
            for (SystemUnderTest each : options.presentSystems()) {
                if (each != SystemUnderTest.FLOTILLA && !each.isSticky()) {
                    costs(each, 2, content);
                }
            }
        }
        growth(options.contents().get(0));
    }

    private void bars(int content, Map<Workload, Cost> costs) {
        String size = content / 1024 + "k";
        Cost read = cost(costs, Workload.READ);
        report.add(Bar.atMost(1, "sessions.read.round-trips." + size)
                .of(Math.round(read.roundTripsIfRemote() * 10) / 10.0, "known to the node, kept elsewhere"));
        report.add(Bar.atMost(300, "sessions.read.bytes." + size)
                .of(Math.rint(read.bytesIfRemote()), "both ways, encrypted"));
    }

    private void growth(int content) throws IOException {
        Map<Integer, Cost> byNodes = new TreeMap<>();
        for (int nodes = 1; nodes <= MOST_NODES; nodes++) {
            byNodes.put(nodes, mixed(costs(SystemUnderTest.FLOTILLA, nodes, content)));
        }
        Cost few = cost(byNodes, 2);
        Cost many = cost(byNodes, MOST_NODES);
        report.add(Bar.atMost(GROWTH, "sessions.growth.messages.4-vs-2")
                .of(many.roundTripsIfRemote() / few.roundTripsIfRemote(), "80-20, kept elsewhere"));
        report.add(Bar.atMost(GROWTH, "sessions.growth.bytes.4-vs-2")
                .of(many.bytesIfRemote() / few.bytesIfRemote(), "80-20, kept elsewhere"));
    }

    /** Four reads to a write, exactly. */
    private static Cost mixed(Map<Workload, Cost> costs) {
        Cost read = cost(costs, Workload.READ);
        Cost write = cost(costs, Workload.WRITE);
        return new Cost(
                (4 * read.messages() + write.messages()) / 5,
                (4 * read.bytes() + write.bytes()) / 5,
                read.remote(),
                "");
    }

    private static <K> Cost cost(Map<K, Cost> costs, K key) {
        Cost cost = costs.get(key);
        if (cost == null) {
            throw new IllegalStateException(key + " was not measured");
        }
        return cost;
    }

    private Map<Workload, Cost> costs(SystemUnderTest system, int nodes, int content) throws IOException {
        Map<Workload, Cost> costs = new EnumMap<>(Workload.class);
        try (Farm farm = Farm.start(
                        system, nodes, options.farm().withContent(content).withMeters());
                LoadDriver driver = new LoadDriver(farm, 1, SESSIONS)) {
            for (Workload each : List.of(Workload.READ, Workload.WRITE)) {
                costs.put(each, cost(farm, driver, each));
            }
        }
        costs.forEach((workload, cost) -> report.line(
                "| %s | %d | %dk | %s | %.1f | %.0f | %.1f | %.0f | %s |",
                system,
                nodes,
                content / 1024,
                workload,
                cost.messages(),
                cost.bytes(),
                cost.roundTripsIfRemote() * 2,
                cost.bytesIfRemote(),
                cost.calls()));
        return costs;
    }

    private static Cost cost(Farm farm, LoadDriver driver, Workload workload) throws IOException {
        int requests = SESSIONS * farm.size() * VISITS;
        driver.run(workload, requests); // every node has seen every session
        Calls calls = Calls.of(farm);
        SocketCounters before = SocketCounters.of(farm);
        Waiting.during(IDLE);
        SocketCounters begin = SocketCounters.of(farm);
        Load load = driver.run(workload, requests);
        SocketCounters moved = SocketCounters.of(farm).minus(begin);
        if (load.failures() > 0) {
            throw new IOException(load.failures() + " requests failed at " + farm);
        }
        SocketCounters idle = begin.minus(before);
        double share = (double) load.time().toNanos() / IDLE.toNanos();
        double remote = farm.system() == SystemUnderTest.SPRING_REDIS ? 1 : 1 - 1.0 / farm.size();
        return new Cost(
                (moved.messages() - idle.messages() * share) / requests,
                (moved.bytes() - idle.bytes() * share) / requests,
                remote,
                Calls.of(farm).since(calls, requests));
    }
}
