package io.flotilla.samples.farm;

/** Why the farm cannot start: one line for people and the exit code of the process. */
final class FarmFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private FarmFailure(int exitCode, String line) {
        super(line);
        this.exitCode = exitCode;
    }

    /** An option or its value is wrong: exit code 2. */
    static FarmFailure badOption(String line) {
        return new FarmFailure(2, line);
    }

    /** The options are right, but the machine is not: exit code 1. */
    static FarmFailure cannotStart(String line) {
        return new FarmFailure(1, line);
    }

    int exitCode() {
        return exitCode;
    }
}
