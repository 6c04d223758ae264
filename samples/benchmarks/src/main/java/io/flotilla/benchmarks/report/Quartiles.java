package io.flotilla.benchmarks.report;

import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** The middle of some samples and their spread: a few disturbed ones change neither much. */
public record Quartiles(double lower, double median, double upper) {

    /** Of at least one sample. */
    public static Quartiles of(Collection<Double> samples) {
        List<Double> sorted = samples.stream().sorted().toList();
        return new Quartiles(at(sorted, 0.25), at(sorted, 0.5), at(sorted, 0.75));
    }

    /** Between two samples, as far as the quantile lies between them. */
    private static double at(List<Double> sorted, double quantile) {
        double place = quantile * (sorted.size() - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.size() - 1);
        return sorted.get(below) + (place - below) * (sorted.get(above) - sorted.get(below));
    }

    /** Median and quartiles with so many decimals. */
    public String format(int decimals) {
        String number = "%." + decimals + "f";
        return String.format(Locale.ROOT, number + " (" + number + " to " + number + ")", median, lower, upper);
    }
}
