package io.flotilla.benchmarks.sessions;

import io.flotilla.benchmarks.report.Bar;
import io.flotilla.benchmarks.sessions.Race.Round;
import java.io.IOException;

/** Whether what was acknowledged is kept when requests overlap each other, or a crash: counted for every system. */
final class RaceSuite {
    private static final int NODES_OF_A_CRASH = 3;

    private final SessionsOptions options;
    private final Report report;

    RaceSuite(SessionsOptions options, Report report) {
        this.options = options;
        this.report = report;
    }

    void run() throws IOException {
        report.line("%nRequests of one session that overlap, %d races of each kind", options.races());
        report.line("| | race | acknowledged writes | lost | answered 500 | answered 503 | alive after the end |");
        report.line("| --- | --- | --- | --- | --- | --- | --- |");
        for (SystemUnderTest each : options.presentSystems()) {
            Tally sum = races(each).plus(crashes(each));
            if (each == SystemUnderTest.FLOTILLA) {
                report.add(Bar.atMost(0, "sessions.races.lost").of(sum.lost(), "of " + sum.acknowledged()));
                report.add(Bar.atMost(0, "sessions.races.answered-500").of(sum.errors(), "requests"));
                report.add(
                        Bar.atMost(0, "sessions.races.alive-after-end").of(sum.resurrected(), "of " + options.races()));
            }
        }
    }

    private Tally races(SystemUnderTest system) throws IOException {
        Tally sum = Tally.ZERO;
        try (Farm farm = Farm.start(system, options.nodes(), options.farm());
                Browser browser = new Browser(farm)) {
            for (Race race : Race.values()) {
                Tally tally = Tally.ZERO;
                for (int i = 0; i < options.races(); i++) {
                    tally = tally.plus(race.run(new Round(browser, farm.size(), i, system.isSticky())));
                }
                print(system, race.toString(), tally);
                sum = sum.plus(tally);
            }
        }
        return sum;
    }

    /** The container's own sessions end with their node: there is nothing to count. */
    private Tally crashes(SystemUnderTest system) throws IOException {
        if (system.isSticky()) {
            return Tally.ZERO;
        }
        Tally sum = Tally.ZERO;
        for (int i = 0; i < options.crashes(); i++) {
            try (Farm farm = Farm.start(system, NODES_OF_A_CRASH, options.farm());
                    Browser browser = new Browser(farm)) {
                sum = sum.plus(new Crash(farm, browser).run());
            }
        }
        print(system, options.crashes() + " crashes of one of " + NODES_OF_A_CRASH + " nodes", sum);
        return sum;
    }

    private void print(SystemUnderTest system, String race, Tally tally) {
        report.line(
                "| %s | %s | %d | %d | %d | %d | %d |",
                system,
                race,
                tally.acknowledged(),
                tally.lost(),
                tally.errors(),
                tally.unavailable(),
                tally.resurrected());
    }
}
