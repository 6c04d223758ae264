package io.flotilla.benchmarks.sessions;

import io.flotilla.benchmarks.report.Bar.Verdict;
import java.util.Locale;

/** What a run prints, and whether a bar was missed. */
final class Report {
    private boolean failed;

    void add(Verdict verdict) {
        System.out.println(verdict.line());
        failed |= verdict.failed();
    }

    /** A line for people. */
    void line(String format, Object... arguments) {
        System.out.println(String.format(Locale.ROOT, format, arguments));
    }

    boolean hasFailed() {
        return failed;
    }
}
