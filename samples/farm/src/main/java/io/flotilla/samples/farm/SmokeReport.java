package io.flotilla.samples.farm;

import java.io.PrintStream;

/** Runs the steps of a story, prints one line for each, and counts. */
final class SmokeReport {
    private final PrintStream out;
    private int passed;
    private int failed;

    SmokeReport(PrintStream out) {
        this.out = out;
    }

    /** A part of the story. */
    @FunctionalInterface
    interface Step {
        /**
         * Runs the step.
         *
         * @return what was checked
         * @throws Exception if the check fails
         */
        String run() throws Exception;
    }

    void step(String title, Step step) {
        try {
            out.println("ok    " + title + ": " + step.run());
            passed++;
        } catch (Exception failure) {
            if (failure instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            String why = failure instanceof SmokeException ? failure.getMessage() : failure.toString();
            out.println("FAIL  " + title + ": " + why);
            failed++;
        }
    }

    void skip(String title, String why) {
        out.println("skip  " + title + ": " + why);
    }

    /** Prints the last line; true if nothing failed. */
    boolean finish() {
        out.println(passed + " passed, " + failed + " failed");
        return failed == 0;
    }

    static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new SmokeException(otherwise);
        }
    }

    /** A check that did not hold. */
    private static final class SmokeException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        SmokeException(String why) {
            super(why, null, false, false);
        }
    }
}
