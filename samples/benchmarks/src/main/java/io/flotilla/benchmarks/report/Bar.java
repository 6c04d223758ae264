package io.flotilla.benchmarks.report;

import java.util.Collection;
import java.util.Locale;

/** A figure that the design sets, and what was measured; its line has a form that programs can read. */
public final class Bar {
    private final String name;
    private final double required;
    private final boolean atLeast;

    private Bar(String name, double required, boolean atLeast) {
        this.name = name;
        this.required = required;
        this.atLeast = atLeast;
    }

    /** More is better. */
    public static Bar atLeast(double required, String name) {
        return new Bar(name, required, true);
    }

    /** Less is better. */
    public static Bar atMost(double required, String name) {
        return new Bar(name, required, false);
    }

    /** What came of it, and its line. */
    public record Verdict(boolean failed, String line) {}

    /** By the median of the ratios of pairs. */
    public Verdict of(Collection<Double> ratios) {
        Quartiles quartiles = Quartiles.of(ratios);
        return of(quartiles.median(), quartiles.format(2) + ", " + ratios.size() + " pairs");
    }

    /** By one figure that was counted. */
    public Verdict of(double measured, String remark) {
        double shown = Math.round(measured * 100) / 100.0; // what is printed is what is judged
        boolean passed = atLeast ? shown >= required : shown <= required;
        return new Verdict(!passed, line(number(shown), passed ? "PASS" : "FAIL", remark));
    }

    /** It could not be measured. */
    public Verdict skipped(String reason) {
        return new Verdict(false, line("-", "SKIP", reason));
    }

    private String line(String measured, String outcome, String remark) {
        return String.join(
                " ", "BAR", name, measured, (atLeast ? ">=" : "<=") + number(required), outcome, "#", remark);
    }

    private static String number(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.format(Locale.ROOT, "%.2f", value);
    }
}
