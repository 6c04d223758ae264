package io.flotilla.benchmarks.startup;

import java.util.ArrayList;
import java.util.List;

/** The same step measured side by side, round for round. */
final class Comparison {
    private final String step;
    private final List<Double> flotilla = new ArrayList<>();
    private final List<Double> hazelcast = new ArrayList<>();
    private final List<Double> ratios = new ArrayList<>();

    Comparison(String step) {
        this.step = step;
    }

    /** One round; both in milliseconds. */
    void add(double ofFlotilla, double ofHazelcast) {
        flotilla.add(ofFlotilla);
        hazelcast.add(ofHazelcast);
        ratios.add(ofFlotilla / ofHazelcast);
    }

    /** A row of the table: milliseconds of both, and their ratio within a round. */
    String row() {
        return "| " + step + " | " + Quartiles.of(flotilla).format(0) + " | "
                + Quartiles.of(hazelcast).format(0) + " | "
                + Quartiles.of(ratios).format(2) + " |";
    }
}
