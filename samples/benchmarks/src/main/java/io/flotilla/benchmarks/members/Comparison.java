package io.flotilla.benchmarks.members;

import io.flotilla.benchmarks.report.Quartiles;
import java.util.ArrayList;
import java.util.List;

/** The same step measured side by side, round for round. */
final class Comparison {
    private final String step;
    private final List<Double> subject = new ArrayList<>();
    private final List<Double> peer = new ArrayList<>();
    private final List<Double> ratios = new ArrayList<>();

    Comparison(String step) {
        this.step = step;
    }

    /** One round; both in the same unit. */
    void add(double ofSubject, double ofPeer) {
        subject.add(ofSubject);
        peer.add(ofPeer);
        ratios.add(ofSubject / ofPeer);
    }

    /** Of the subject to the peer, round for round. */
    List<Double> ratios() {
        return List.copyOf(ratios);
    }

    /** A row of the table: both, and their ratio within a round. */
    String row() {
        return "| " + step + " | " + Quartiles.of(subject).format(0) + " | "
                + Quartiles.of(peer).format(0) + " | "
                + Quartiles.of(ratios).format(2) + " |";
    }
}
