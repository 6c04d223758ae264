package io.flotilla.benchmarks.sessions;

import io.flotilla.benchmarks.report.Bar;
import io.flotilla.benchmarks.report.Quartiles;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Requests a second, all systems in turn, round for round, so that whatever else the machine does meets all alike. */
final class ThroughputSuite {
    /** What Flotilla must reach with four reads to a write, times each of these. */
    private static final Map<SystemUnderTest, Double> BARS = bars();

    private final SessionsOptions options;
    private final Report report;

    ThroughputSuite(SessionsOptions options, Report report) {
        this.options = options;
        this.report = report;
    }

    private static Map<SystemUnderTest, Double> bars() {
        Map<SystemUnderTest, Double> bars = new EnumMap<>(SystemUnderTest.class);
        bars.put(SystemUnderTest.SPRING_HAZELCAST, 2.0);
        bars.put(SystemUnderTest.SPRING_REDIS, 1.5);
        bars.put(SystemUnderTest.CONTAINER, 0.4);
        return bars;
    }

    void run() throws IOException {
        for (int content : options.contents()) {
            List<Farm> farms = new ArrayList<>();
            Map<Farm, LoadDriver> drivers = new LinkedHashMap<>();
            try {
                for (SystemUnderTest each : options.presentSystems()) {
                    Farm farm = Farm.start(each, options.nodes(), options.farm().withContent(content));
                    farms.add(farm);
                    drivers.put(farm, new LoadDriver(farm, options.clients(), options.sessions()));
                }
                for (Workload each : options.workloads()) {
                    run(drivers, each, content);
                }
            } finally {
                for (LoadDriver each : drivers.values()) {
                    each.close();
                }
                farms.forEach(Farm::close);
            }
        }
    }

    private void run(Map<Farm, LoadDriver> drivers, Workload workload, int content) throws IOException {
        Map<SystemUnderTest, List<Load>> results = new EnumMap<>(SystemUnderTest.class);
        for (LoadDriver each : drivers.values()) {
            each.run(workload, options.warmUp());
        }
        for (int round = 0; round < options.rounds(); round++) {
            for (Map.Entry<Farm, LoadDriver> each : drivers.entrySet()) {
                Load load = each.getValue().run(workload, options.time());
                SystemUnderTest system = each.getKey().system();
                System.err.printf("%s, %s, round %d: %s%n", workload, system, round, load);
                results.computeIfAbsent(system, key -> new ArrayList<>()).add(load);
            }
        }
        print(workload, content, results);
    }

    private void print(Workload workload, int content, Map<SystemUnderTest, List<Load>> results) {
        String size = content / 1024 + "k";
        report.line("%n%s, sessions of %s, %d nodes, %d clients", workload, size, options.nodes(), options.clients());
        report.line(
                "| | requests/s | p50 us | p99 us | servers' processors, us a request | driver, %% of one | failed |");
        report.line("| --- | --- | --- | --- | --- | --- | --- |");
        results.forEach((system, loads) -> report.line(
                "| %s | %s | %s | %s | %s | %s | %d |",
                system,
                Quartiles.of(loads.stream().map(Load::perSecond).toList()).format(0),
                middle(loads.stream().map(each -> (double) each.median()).toList()),
                middle(loads.stream().map(each -> (double) each.slow()).toList()),
                middle(loads.stream().map(Load::cost).toList()),
                middle(loads.stream().map(Load::driverShare).toList()),
                loads.stream().mapToInt(Load::failures).sum()));
        BARS.forEach((peer, required) -> {
            String name = "sessions.throughput." + workload + "." + size + ".vs-" + peer;
            compare(name, required, peer, workload, results);
        });
        ratio(SystemUnderTest.FLOTILLA, SystemUnderTest.ROUND_TRIPS, results);
        ratio(SystemUnderTest.ROUND_TRIPS, SystemUnderTest.CONTAINER, results);
    }

    /** What nothing is promised of. */
    private void ratio(SystemUnderTest system, SystemUnderTest peer, Map<SystemUnderTest, List<Load>> results) {
        ratios(system, peer, results)
                .ifPresent(ratios -> report.line(
                        "ratio of %s to %s: %s",
                        system, peer, Quartiles.of(ratios).format(2)));
    }

    private static String middle(List<Double> samples) {
        return Quartiles.of(samples).format(0).split(" ", 2)[0];
    }

    private void compare(
            String name,
            double required,
            SystemUnderTest peer,
            Workload workload,
            Map<SystemUnderTest, List<Load>> results) {
        Optional<List<Double>> ratios = ratios(SystemUnderTest.FLOTILLA, peer, results);
        if (ratios.isPresent() && workload == Workload.MIXED) {
            report.add(Bar.atLeast(required, name).of(ratios.get()));
        } else if (ratios.isPresent()) {
            report.line("ratio %s %s", name, Quartiles.of(ratios.get()).format(2));
        } else if (workload == Workload.MIXED && options.systems().contains(peer)) {
            Optional<String> missing = peer.missing();
            missing.ifPresent(reason -> report.add(Bar.atLeast(required, name).skipped(reason)));
        }
    }

    /** Round by round; none if one of the two was not measured. */
    private static Optional<List<Double>> ratios(
            SystemUnderTest system, SystemUnderTest peer, Map<SystemUnderTest, List<Load>> results) {
        List<Load> ours = results.get(system);
        List<Load> theirs = results.get(peer);
        if (ours == null || theirs == null) {
            return Optional.empty();
        }
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < ours.size(); i++) {
            ratios.add(ours.get(i).perSecond() / theirs.get(i).perSecond());
        }
        return Optional.of(ratios);
    }

    /** How long it takes at least. */
    static Duration estimate(SessionsOptions options) {
        Duration each = options.warmUp().plus(options.time().multipliedBy(options.rounds()));
        return each.multipliedBy((long) options.presentSystems().size()
                * options.contents().size()
                * options.workloads().size());
    }
}
