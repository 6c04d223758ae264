package io.flotilla.samples.webapp;

/** Why the node cannot start: one line for the operator and the exit code of the process. */
final class StartFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private StartFailure(int exitCode, String line) {
        super(line.lines().findFirst().orElse("cannot start"));
        this.exitCode = exitCode;
    }

    /** An option or its value is wrong: exit code 2. */
    static StartFailure badOption(String line) {
        return new StartFailure(2, line);
    }

    /** The options are right, but the machine or the cluster is not: exit code 1. */
    static StartFailure cannotStart(String line) {
        return new StartFailure(1, line);
    }

    int exitCode() {
        return exitCode;
    }
}
